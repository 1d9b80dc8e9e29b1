package storagelab.lsm.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.cache.Traces;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.sstable.BlockCache;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.MappedSource;
import storagelab.sstable.SsTable;
import storagelab.sstable.TableBuilder;
import storagelab.sstable.TableOptions;
import storagelab.sstable.TableSource;

/**
 * A table is read through block caches from a hundredth of its blocks to all of them: by orders at random; by Zipf's law,
 * with the popular orders anywhere in the table, and with all of them side by side; and with a report that reads the
 * whole table at the same time.
 *
 * <p>The file is in the operating system's memory. So a block that is not in the cache costs a copy and a checksum here;
 * on a disk that has to fetch it, a hundred microseconds and more.
 */
public final class BlockCacheExperiment implements Experiment {
    private static final double[] SHARES = {0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.05};
    private static final double PREDICTED = 0.1; // of SHARES
    private static final int ROUNDS = 3;
    private static final int GETS_A_BLOCK_SCANNED = 5;
    private static final int ENTRIES_A_BLOCK = 35; // of 116 bytes, in 4 KiB
    private static final double PERCENT = 100;

    /** For the service loader. */
    public BlockCacheExperiment() {}

    @Override
    public String id() {
        return "5.block-cache";
    }

    @Override
    public String question() {
        return "How large must a block cache be, and does it matter where the popular keys are?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A cache has room for a tenth of a table's blocks. Keys are read by Zipf's law, a few of them very often, and "
                        + "the popular ones are side by side in the table. What percentage of the gets find their block in "
                        + "the cache?",
                "%");
    }

    /** Who reads. */
    private enum Readers {
        RANDOM("any order"),
        SCATTERED("popular orders, anywhere"),
        SCATTERED_AND_SCAN("the same, beside a scan"),
        TOGETHER("popular orders, side by side");

        private final String words;

        Readers(String words) {
            this.words = words;
        }

        /** The keys that are wanted, one after the other. */
        Slice[] keys(int entries, int count, SplittableRandom random) {
            int[] numbers =
                    this == RANDOM ? random.ints(count, 0, entries).toArray() : Traces.zipf(entries, count, random);
            int[] places = this == TOGETHER ? ranks(numbers, entries) : Orders.inOrder(entries);
            return Arrays.stream(numbers)
                    .mapToObj(number -> Orders.key(places[number]))
                    .toArray(Slice[]::new);
        }

        /** How many numbers are more popular than each of them. */
        private static int[] ranks(int[] numbers, int entries) {
            int[] uses = new int[entries];
            Arrays.stream(numbers).forEach(number -> uses[number]++);
            List<Integer> byUse = new ArrayList<>(
                    Arrays.stream(Orders.inOrder(entries)).boxed().toList());
            byUse.sort(Comparator.comparingInt(number -> -uses[number]));
            int[] ranks = new int[entries];
            for (int rank = 0; rank < entries; rank++) {
                ranks[byUse.get(rank)] = rank;
            }
            return ranks;
        }
    }

    /** A table, and what all of its blocks take in a cache. */
    private record Stored(Path path, int entries, int blocks, long cacheBytes) {
        SsTable open(BlockCache cache) {
            return SsTable.open(MappedSource.open(path, new StatsRecorder()), cache::slots, null);
        }
    }

    /** What gets found in one cache. */
    private record Found(Readers readers, double share, long cacheBytes, double hitPercent, double nanos) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        Stored stored = build(context.directory().resolve("table"), context.pick(100_000, 20_000), context.seed());
        List<Found> found = new ArrayList<>();
        for (Readers readers : Readers.values()) {
            SplittableRandom random = new SplittableRandom(context.seed());
            Slice[] keys = readers.keys(stored.entries, context.pick(240_000, 40_000), random);
            for (double share : SHARES) {
                context.progress(readers.words, found.size() / (double) (Readers.values().length * SHARES.length));
                found.add(measure(context, stored, readers, new Wanted(keys, share)));
            }
        }
        List<Readers> all = List.of(Readers.values());
        List<Readers> timed =
                List.of(Readers.RANDOM, Readers.SCATTERED, Readers.TOGETHER); // without the time of a scan
        return new ExperimentResult(
                table(found, stored),
                List.of(
                        plot(
                                found,
                                "Gets that find their block",
                                new Figure(Axis.linear("gets", "%"), all, Found::hitPercent)),
                        plot(found, "Time of a get", new Figure(Axis.linear("time", "ns"), timed, Found::nanos))),
                of(found, Readers.TOGETHER, PREDICTED).hitPercent,
                observation(found));
    }

    private static Stored build(Path path, int entries, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (StoreFile file = StoreFile.create(path, new StatsRecorder())) {
            TableBuilder builder = new TableBuilder(file, TableOptions.defaults());
            for (int number = 0; number < entries; number++) {
                builder.add(InternalKey.of(Orders.key(number), 1, ValueKind.VALUE), Orders.value(random));
            }
            builder.finish();
        }
        int[] blocks = {0};
        try (TableSource source = MappedSource.open(path, new StatsRecorder());
                SsTable table = SsTable.open(
                        source,
                        count -> {
                            blocks[0] = count;
                            return BlockSlots.none();
                        },
                        null)) {
            long bytes = source.sizeBytes() + (long) blocks[0] * BlockCache.ENTRY_BYTES;
            return new Stored(table.path(), entries, blocks[0], bytes);
        }
    }

    /** What is read, with a cache for which share of the blocks. */
    private record Wanted(Slice[] keys, double share) {}

    private static Found measure(ExperimentContext context, Stored stored, Readers readers, Wanted wanted)
            throws IOException {
        long budget = (long) (wanted.share * stored.cacheBytes);
        BlockCache cache = new BlockCache(budget);
        try (SsTable table = stored.open(cache);
                InternalCursor all = table.cursor()) {
            Reading reading = new Reading(table, cache, readers == Readers.SCATTERED_AND_SCAN ? table.cursor() : null);
            for (all.seekToFirst(); all.isValid(); all.next()) {} // every block once
            int count = wanted.keys.length / (ROUNDS + 1);
            reading.getAll(wanted.keys, 0, count); // the cache has found out what is popular
            reading.missed = 0;
            int[] from = {0};
            long nanos = new Stopwatch(context)
                    .fastestNanos(ROUNDS, () -> reading.getAll(wanted.keys, from[0] += count, count));
            double hits = PERCENT * (1 - reading.missed / (double) (ROUNDS * count));
            return new Found(readers, wanted.share, budget, hits, (double) nanos / count);
        }
    }

    /** Gets, and perhaps a scan that goes on between them. */
    private static final class Reading {
        private final SsTable table;
        private final BlockCache cache;
        private final @Nullable InternalCursor scan;
        private long missed; // by gets

        Reading(SsTable table, BlockCache cache, @Nullable InternalCursor scan) {
            this.table = table;
            this.cache = cache;
            this.scan = scan;
        }

        void getAll(Slice[] keys, int from, int count) {
            long before = cache.misses();
            for (int i = from; i < from + count; i++) {
                if (table.get(keys[i], InternalKey.MAX_SEQUENCE).isEmpty()) {
                    throw new AssertionError("a get does not find " + keys[i] + ", which is in the table");
                }
                if (scan != null && i % GETS_A_BLOCK_SCANNED == 0) {
                    long beforeScan = cache.misses();
                    readOn(scan);
                    before += cache.misses() - beforeScan;
                }
            }
            missed += cache.misses() - before;
        }

        /** About a block further; from the beginning again if that was the last. */
        private static void readOn(InternalCursor scan) {
            for (int i = 0; i < ENTRIES_A_BLOCK; i++) {
                if (scan.isValid()) {
                    scan.next();
                } else {
                    scan.seekToFirst();
                }
            }
        }
    }

    private static ResultTable table(List<Found> found, Stored stored) {
        ResultTable.Builder table = ResultTable.builder()
                .column("gets of")
                .column("cache", "% of the blocks")
                .column("cache", "KiB")
                .column("blocks")
                .column("gets that find their block", "%")
                .column("time a get, and of the scan", "ns");
        for (Found one : found) {
            table.row(
                    one.readers.words,
                    PERCENT * one.share,
                    one.cacheBytes >> 10,
                    stored.blocks,
                    one.hitPercent,
                    one.nanos);
        }
        return table.build();
    }

    /** A figure of what so many readers have found. */
    private record Figure(Axis axis, List<Readers> drawn, ToDoubleFunction<Found> value) {}

    private static Plot plot(List<Found> found, String title, Figure figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (Readers readers : figure.drawn) {
            Plot.SeriesBuilder points = Plot.Series.named(readers.words);
            found.stream()
                    .filter(one -> one.readers == readers)
                    .forEach(one -> points.add(PERCENT * one.share, figure.value.applyAsDouble(one)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return new Plot.Curves(title, Axis.logarithmic("cache", "% of the blocks"), figure.axis, series);
    }

    private static Found of(List<Found> found, Readers readers, double share) {
        return found.stream()
                .filter(one -> one.readers == readers && one.share == share)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Found> found) {
        return "With a cache for a tenth of the blocks, " + hits(found, Readers.RANDOM)
                + " of the gets of any order found their block; of popular orders that are anywhere "
                + hits(found, Readers.SCATTERED) + ", since each brings a block of others with it; beside a scan "
                + hits(found, Readers.SCATTERED_AND_SCAN) + "; and of popular orders that are side by side "
                + hits(found, Readers.TOGETHER) + ". A get took "
                + Quantity.duration(of(found, Readers.RANDOM, SHARES[SHARES.length - 1]).nanos)
                + " when everything was in the cache, and "
                + Quantity.duration(of(found, Readers.RANDOM, SHARES[0]).nanos)
                + " when next to nothing was, with the file in the operating system's memory.";
    }

    private static String hits(List<Found> found, Readers readers) {
        return Quantity.number(of(found, readers, PREDICTED).hitPercent) + " %";
    }
}
