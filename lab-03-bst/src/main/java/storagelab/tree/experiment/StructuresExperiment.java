package storagelab.tree.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.skiplist.SkipList;
import storagelab.tree.BalancedTree;
import storagelab.tree.OrderedMap;
import storagelab.tree.TreeCursor;

/**
 * Four ordered structures get the same keys of 16 bytes in random order: what a put, a get, and a step of a walk over all
 * of them take, and how many bytes an entry needs beside its key and its value.
 */
public final class StructuresExperiment implements Experiment {
    private static final int ROUNDS = 5;
    private static final Comparator<Slice> ORDER = Comparator.naturalOrder();

    /** For the service loader. */
    public StructuresExperiment() {}

    @Override
    public String id() {
        return "3.structures";
    }

    @Override
    public String question() {
        return "Tree or skip list: what do put, get, a walk and an entry cost?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "How many bytes does the balanced tree need for an entry, key and value themselves not counted?",
                "bytes");
    }

    /** A structure as far as it is measured. */
    private interface Structure {
        void put(Slice key);

        @Nullable
        Slice get(Slice key);

        /** Goes through all entries in order and counts them. */
        int scan();
    }

    /** A structure's name and how an empty one is made. */
    private record Candidate(String name, Supplier<Structure> empty) {}

    /** What one structure cost for one number of keys, an operation. */
    private record Cost(double putNanos, double getNanos, double scanNanos, double bytes) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Candidate> candidates = candidates(context.seed());
        ResultTable.Builder table = ResultTable.builder()
                .column("keys")
                .column("structure")
                .column("put", "ns")
                .column("get", "ns")
                .column("step of a walk", "ns")
                .column("bytes an entry");
        int largest = context.pick(100_000, 20_000);
        List<Cost> costs = new ArrayList<>();
        for (Candidate candidate : candidates) {
            measure(context, candidate, keys(largest / 10, context.seed()));
        }
        for (int count = largest / 100; count <= largest; count *= 10) {
            Slice[] keys = keys(count, context.seed());
            costs.clear();
            for (Candidate candidate : candidates) {
                double share = (double) count / largest * (costs.size() + 1) / candidates.size();
                context.progress(candidate.name + ", " + Quantity.number(count) + " keys", share);
                Cost cost = measure(context, candidate, keys);
                table.row(count, candidate.name, cost.putNanos, cost.getNanos, cost.scanNanos, cost.bytes);
                costs.add(cost);
            }
        }
        return new ExperimentResult(
                table.build(),
                plots(candidates, costs, largest),
                costs.get(0).bytes,
                observation(candidates, costs, largest));
    }

    private static List<Plot> plots(List<Candidate> candidates, List<Cost> costs, int keys) {
        List<Plot.Group> times = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Cost cost = costs.get(i);
            times.add(new Plot.Group(candidates.get(i).name, List.of(cost.putNanos, cost.getNanos, cost.scanNanos)));
        }
        return List.of(
                new Plot.Bars(
                        "Time with " + Quantity.number(keys) + " keys",
                        List.of("put", "get", "step of a walk"),
                        Axis.logarithmic("time", "ns"),
                        times),
                new Plot.Bars(
                        "Memory for an entry, without its key and value",
                        candidates.stream().map(Candidate::name).toList(),
                        Axis.linear("memory", "bytes"),
                        List.of(new Plot.Group(
                                "bytes an entry",
                                costs.stream().map(Cost::bytes).toList()))));
    }

    private static String observation(List<Candidate> candidates, List<Cost> costs, int keys) {
        StringBuilder text =
                new StringBuilder("With " + Quantity.number(keys) + " keys, put, get and a step of a walk took ");
        for (int i = 0; i < costs.size(); i++) {
            Cost cost = costs.get(i);
            text.append(i == 0 ? "" : "; ")
                    .append(Quantity.duration(cost.putNanos))
                    .append(", ")
                    .append(Quantity.duration(cost.getNanos))
                    .append(" and ")
                    .append(Quantity.duration(cost.scanNanos))
                    .append(" and an entry ")
                    .append(Quantity.number(Math.rint(cost.bytes)))
                    .append(" bytes in the ")
                    .append(candidates.get(i).name);
        }
        return text.append(". What a get waits for is memory: every key it compares with is somewhere else.")
                .toString();
    }

    private static List<Candidate> candidates(long seed) {
        return List.of(
                new Candidate("balanced tree", () -> {
                    BalancedTree<Slice, Slice> tree = new BalancedTree<>(ORDER);
                    return new Ours(tree) {
                        @Override
                        public int scan() {
                            int count = 0;
                            TreeCursor<Slice, Slice> cursor = tree.cursor();
                            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                                count += sameLength(cursor.key(), cursor.value());
                            }
                            return count;
                        }
                    };
                }),
                new Candidate("skip list", () -> {
                    SkipList<Slice, Slice> list = new SkipList<>(ORDER, new Random(seed));
                    return new Ours(list) {
                        @Override
                        public int scan() {
                            return count(list.entries());
                        }
                    };
                }),
                new Candidate("TreeMap", () -> new Theirs(new TreeMap<>(ORDER))),
                new Candidate("ConcurrentSkipListMap", () -> new Theirs(new ConcurrentSkipListMap<>(ORDER))));
    }

    private abstract static class Ours implements Structure {
        private final OrderedMap<Slice, Slice> map;

        Ours(OrderedMap<Slice, Slice> map) {
            this.map = map;
        }

        @Override
        public void put(Slice key) {
            map.put(key, key);
        }

        @Override
        public @Nullable Slice get(Slice key) {
            return map.get(key);
        }
    }

    private record Theirs(NavigableMap<Slice, Slice> map) implements Structure {
        @Override
        public void put(Slice key) {
            map.put(key, key);
        }

        @Override
        public @Nullable Slice get(Slice key) {
            return map.get(key);
        }

        @Override
        public int scan() {
            return count(map.entrySet().iterator());
        }
    }

    private static int count(Iterator<Map.Entry<Slice, Slice>> entries) {
        int count = 0;
        while (entries.hasNext()) {
            Map.Entry<Slice, Slice> entry = entries.next();
            count += sameLength(entry.getKey(), entry.getValue());
        }
        return count;
    }

    /** 1, after a look at both, so that a walk cannot be optimised away. */
    private static int sameLength(Slice key, Slice value) {
        return key.length() == value.length() ? 1 : 0;
    }

    private static Cost measure(ExperimentContext context, Candidate candidate, Slice[] keys) throws IOException {
        Slice[] gets = shuffled(keys, new SplittableRandom(~context.seed()));
        Stopwatch stopwatch = new Stopwatch(context);
        long putNanos = stopwatch.fastestNanos(ROUNDS, () -> filled(candidate, keys));
        long before = usedBytes();
        Structure structure = filled(candidate, keys);
        double bytes = (double) (usedBytes() - before) / keys.length;
        long getNanos = stopwatch.fastestNanos(ROUNDS, () -> {
            for (Slice key : gets) {
                if (!key.equals(structure.get(key))) {
                    throw new AssertionError(candidate.name + ": get(" + key + ") does not give what was put");
                }
            }
        });
        long scanNanos = stopwatch.fastestNanos(ROUNDS, () -> {
            if (structure.scan() != keys.length) {
                throw new AssertionError(candidate.name + ": a walk does not meet every entry once");
            }
        });
        double count = keys.length;
        return new Cost(putNanos / count, getNanos / count, scanNanos / count, bytes);
    }

    private static Structure filled(Candidate candidate, Slice[] keys) {
        Structure structure = candidate.empty.get();
        for (Slice key : keys) {
            structure.put(key);
        }
        return structure;
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static Slice[] keys(int count, long seed) {
        Slice[] keys = IntStream.range(0, count)
                .mapToObj(number -> {
                    byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                            .putLong(number)
                            .putLong(0)
                            .array();
                    return Slice.wrap(bytes);
                })
                .toArray(Slice[]::new);
        return shuffled(keys, new SplittableRandom(seed));
    }

    private static Slice[] shuffled(Slice[] keys, SplittableRandom random) {
        Slice[] shuffled = keys.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Slice key = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = key;
        }
        return shuffled;
    }
}
