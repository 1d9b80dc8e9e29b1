package storagelab.memtable.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.memtable.LogSnapshot;
import storagelab.memtable.SnapshotLogStore;
import storagelab.memtable.toy.CopiedSnapshot;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.TableInfo;
import storagelab.sortedlog.TableListKind;

/** Every key is overwritten again and again, while snapshots are held: what that takes on disk and in memory. */
public final class SnapshotCostExperiment implements Experiment {
    private static final int VALUE_BYTES = 100;
    private static final int ROUNDS = 12;
    private static final int STEPS_PER_ROUND = 4;
    private static final int COMPACTION_TRIGGER = 4;
    private static final long MEMTABLE_BYTES = 128 << 10;

    /** For the service loader. */
    public SnapshotCostExperiment() {}

    @Override
    public String id() {
        return "3.snapshot-cost";
    }

    @Override
    public String question() {
        return "What does a snapshot cost that somebody forgot to close?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A snapshot is taken and forgotten. Then every key is overwritten " + ROUNDS
                        + " times. How many times the live data are the files that are kept for the snapshot only?",
                "times the live data");
    }

    /** What somebody does with snapshots. */
    private enum Habit {
        NONE("none"),
        /** One a round, closed when the next one is taken. */
        CLOSED("closed in time"),
        /** One at the start. */
        FORGOTTEN("one forgotten"),
        /** One a round. */
        ALL_KEPT("all forgotten");

        private final String words;

        Habit(String words) {
            this.words = words;
        }
    }

    /** A store, and the snapshots that somebody with a habit holds of it. */
    private static final class Contender implements AutoCloseable {
        private final Habit habit;
        private final SnapshotLogStore store;
        private final List<LogSnapshot> held = new ArrayList<>();
        private final Plot.SeriesBuilder disk;
        private final Plot.SeriesBuilder memory;

        Contender(Habit habit, Path directory) {
            this.habit = habit;
            this.store = SnapshotLogStore.open(
                    directory,
                    SortedLogOptions.defaults()
                            .withMemtableBytes(MEMTABLE_BYTES)
                            .withTableList(TableListKind.EPHEMERAL)
                            .withMaintenance(MaintenanceKind.FOREGROUND)
                            .withCompactionTrigger(COMPACTION_TRIGGER));
            this.disk = Plot.Series.named(habit.words);
            this.memory = Plot.Series.named(habit.words);
        }

        void beginRound(boolean first) {
            if (habit == Habit.CLOSED) {
                held.forEach(LogSnapshot::close);
                held.clear();
            }
            if (habit != Habit.NONE && (habit != Habit.FORGOTTEN || first)) {
                held.add(store.snapshot());
            }
        }

        /** Measures the files that are kept for snapshots only, and the memtables that snapshots hold, after so many rounds. */
        void measure(double round, long liveBytes) {
            long tables =
                    store.keptTables().stream().mapToLong(TableInfo::sizeBytes).sum();
            disk.add(round, tables / (double) liveBytes);
            // A round fills several memtables: no two snapshots hold the same.
            memory.add(
                    round, held.stream().mapToLong(LogSnapshot::memtableBytes).sum() / 1024.0);
        }

        double diskPeak() {
            return disk.y().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }

        double memoryPeakKibibytes() {
            return memory.y().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }

        @Override
        public void close() {
            held.forEach(LogSnapshot::close);
            store.close();
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Contender> contenders = new ArrayList<>();
        try {
            for (Habit habit : Habit.values()) {
                Path directory = Files.createDirectory(
                        context.directory().resolve(habit.name().toLowerCase(Locale.ROOT)));
                contenders.add(new Contender(habit, directory));
            }
            return measure(context, contenders);
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private static ExperimentResult measure(ExperimentContext context, List<Contender> contenders) {
        int keys = context.pick(8_000, 1_500);
        long liveBytes = (long) keys * (key(0).length() + VALUE_BYTES);
        SplittableRandom random = new SplittableRandom(context.seed());
        contenders.forEach(one -> overwrite(one, 0, 1, keys, random.split()));
        contenders.forEach(one -> one.store.compact());

        Contender forgetful = of(contenders, Habit.FORGOTTEN);
        long start = context.nanoTime();
        CopiedSnapshot copy = CopiedSnapshot.of(forgetful.store);
        long copyNanos = context.nanoTime() - start;
        start = context.nanoTime();
        forgetful.store.snapshot().close();
        long snapshotNanos = context.nanoTime() - start;

        contenders.forEach(one -> one.measure(0, liveBytes));
        for (int step = 0; step < ROUNDS * STEPS_PER_ROUND; step++) {
            context.progress("overwriting", step / (double) (ROUNDS * STEPS_PER_ROUND));
            for (Contender one : contenders) {
                if (step % STEPS_PER_ROUND == 0) {
                    one.beginRound(step == 0);
                }
                overwrite(one, step % STEPS_PER_ROUND, STEPS_PER_ROUND, keys, random.split());
                one.measure((step + 1) / (double) STEPS_PER_ROUND, liveBytes);
            }
        }
        String observation = "Taking a snapshot of " + Quantity.bytes((double) liveBytes) + " took "
                + Quantity.duration((double) snapshotNanos) + ", copying everything "
                + Quantity.duration((double) copyNanos) + " and "
                + Quantity.bytes((double) copy.sizeBytes()) + " of memory. " + observation(contenders);
        return new ExperimentResult(table(contenders), plots(contenders), forgetful.diskPeak(), observation);
    }

    /** Writes a share of the keys: every one whose number leaves {@code share} when divided by {@code shares}. */
    private static void overwrite(Contender one, int share, int shares, int keys, SplittableRandom random) {
        for (int number = share; number < keys; number += shares) {
            byte[] value = new byte[VALUE_BYTES];
            random.nextBytes(value);
            one.store.put(key(number), Slice.wrap(value));
        }
    }

    private static ResultTable table(List<Contender> contenders) {
        ResultTable.Builder table = ResultTable.builder().column("rounds");
        for (Contender one : contenders) {
            table.column("files: " + one.habit.words, "times live");
            table.column("memory: " + one.habit.words, "KiB");
        }
        for (int round = 1; round <= ROUNDS; round++) {
            int index = round * STEPS_PER_ROUND;
            List<Object> row = new ArrayList<>(List.of(round));
            for (Contender one : contenders) {
                row.add(one.disk.y().get(index));
                row.add(one.memory.y().get(index));
            }
            table.row(row.toArray());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Contender> contenders) {
        Axis rounds = Axis.linear("times that every key was overwritten", "");
        return List.of(
                new Plot.Curves(
                        "Files that are kept for snapshots only",
                        rounds,
                        Axis.linear("space on disk", "times the live data"),
                        contenders.stream()
                                .map(one -> one.disk.as(Style.MARKS_AND_LINE))
                                .toList()),
                new Plot.Curves(
                        "Memtables that snapshots hold",
                        rounds,
                        Axis.linear("memory", "KiB"),
                        contenders.stream()
                                .map(one -> one.memory.as(Style.MARKS_AND_LINE))
                                .toList()));
    }

    private static Contender of(List<Contender> contenders, Habit habit) {
        return contenders.stream().filter(one -> one.habit == habit).findFirst().orElseThrow();
    }

    private static String observation(List<Contender> contenders) {
        Contender closed = of(contenders, Habit.CLOSED);
        Contender forgotten = of(contenders, Habit.FORGOTTEN);
        Contender all = of(contenders, Habit.ALL_KEPT);
        return "One forgotten snapshot kept files of at most " + Quantity.number(forgotten.diskPeak())
                + " times the live data and " + Quantity.bytes(1024 * forgotten.memoryPeakKibibytes())
                + " of memtables, however often the keys were overwritten: it holds one moment, and that is once the"
                + " data and a memtable. One a round, all forgotten, came to " + Quantity.number(all.diskPeak())
                + " times and "
                + Quantity.bytes(1024 * all.memoryPeakKibibytes())
                + "; each round adds a moment. Closed in time they never kept more than "
                + Quantity.number(closed.diskPeak()) + " times.";
    }

    private static Slice key(int number) {
        return Slice.utf8(String.format(Locale.ROOT, "key-%010d", number));
    }
}
