package storagelab.recovery.experiment;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import storagelab.api.Durability;
import storagelab.btree.BTreeOptions;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.file.FileMetrics;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.wal.WalMetrics;
import storagelab.wal.experiment.Accounts;

/**
 * A store makes a checkpoint after a number of changes, and its process dies just before the next one: how long recovery takes, and
 * what the checkpoints write.
 */
public final class RecoveryTimeExperiment implements Experiment {
    private static final int CHANGES_A_COMMIT = 10;
    private static final int FULL_MAX = 1_000_000;
    private static final int QUICK_MAX = 20_000;
    private static final long MEMORY_BYTES = 512L << 20; // neither engine writes anything but in a checkpoint
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLION = 1e6;

    /** For the service loader. */
    public RecoveryTimeExperiment() {}

    @Override
    public String id() {
        return "6.recovery-time";
    }

    @Override
    public String question() {
        return "How long does a store take to open after a crash?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A store over a B+tree makes a checkpoint after every million changes of 116 bytes, and its process dies just "
                        + "before the next one. How many seconds does opening it take?",
                "seconds");
    }

    /** What one crash cost, and the checkpoint before it. */
    private record Recovery(EngineKind engine, int interval, long logBytes, long pageBytes, long replayed, long nanos) {
        double millis() {
            return nanos / NANOS_PER_MILLI;
        }

        double perSecond() {
            return replayed * NANOS_PER_SECOND / nanos;
        }

        double writtenPerChange() {
            return (double) pageBytes / interval;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Recovery> measured = new ArrayList<>();
        List<Integer> intervals = intervals(context);
        for (EngineKind engine : EngineKind.values()) {
            Recovery unused = crash(context, engine, intervals.get(1)); // thrown away: the JVM still interprets
            for (int interval : intervals) {
                context.progress(name(engine) + ", " + interval, measured.size() / (2.0 * intervals.size()));
                measured.add(crash(context, engine, interval));
            }
        }
        Recovery longest = of(measured, EngineKind.BTREE, intervals.get(intervals.size() - 1));
        return new ExperimentResult(
                table(measured), plots(measured, intervals), longest.nanos / NANOS_PER_SECOND, observation(measured));
    }

    private static List<Integer> intervals(ExperimentContext context) {
        int most = context.pick(FULL_MAX, QUICK_MAX);
        return List.of(most / 1_000, most / 100, most / 10, most);
    }

    private static String name(EngineKind engine) {
        return switch (engine) {
            case BTREE -> "B+tree";
            case LSM -> "LSM tree";
        };
    }

    private static DurableOptions options(EngineKind engine) {
        return DurableOptions.defaults(engine)
                .withCheckpointLogBytes(Long.MAX_VALUE)
                .withBtree(BTreeOptions.defaults().withPoolBytes(MEMORY_BYTES).withCheckpointBytes(Long.MAX_VALUE))
                .withLsm(LsmOptions.defaults().withMemtableBytes(MEMORY_BYTES));
    }

    private static Recovery crash(ExperimentContext context, EngineKind engine, int interval) throws IOException {
        Path directory = Files.createTempDirectory(context.directory(), "store");
        Path crashed = directory.resolveSibling(directory.getFileName() + "-crashed");
        SplittableRandom random = new SplittableRandom(context.seed());
        long logBytes;
        long pageBytes;
        try (DurableStore store = DurableStore.open(directory, options(engine))) {
            int accounts = context.pick(FULL_MAX, QUICK_MAX) / 10;
            for (int number = 0; number < accounts; number += CHANGES_A_COMMIT) {
                store.write(Accounts.open(number, number + CHANGES_A_COMMIT, random), Durability.BUFFERED);
            }
            store.checkpoint();
            change(store, interval, accounts, random);
            long pagesBefore = store.engine().stats().get(FileMetrics.BYTES_WRITTEN);
            store.checkpoint();
            pageBytes = store.engine().stats().get(FileMetrics.BYTES_WRITTEN) - pagesBefore;
            long logBefore = store.stats().get(WalMetrics.BYTES);
            change(store, interval, accounts, random);
            logBytes = store.stats().get(WalMetrics.BYTES) - logBefore;
            copy(directory, crashed); // what a killed process leaves: everything that the operating system has
        }
        long begin = context.nanoTime();
        try (DurableStore store = DurableStore.open(crashed, options(engine))) {
            long nanos = context.nanoTime() - begin;
            return new Recovery(engine, interval, logBytes, pageBytes, store.replayedOperations(), nanos);
        } finally {
            delete(directory);
            delete(crashed);
        }
    }

    private static void change(DurableStore store, int changes, int accounts, SplittableRandom random) {
        for (int i = 0; i < changes; i += CHANGES_A_COMMIT) {
            store.write(Accounts.change(CHANGES_A_COMMIT, accounts, random), Durability.BUFFERED);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }

    private static ResultTable table(List<Recovery> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("engine")
                .column("changes a checkpoint")
                .column("log since the checkpoint", "bytes")
                .column("operations replayed")
                .column("opening", "ms")
                .column("replayed a second")
                .column("a checkpoint writes", "bytes a change");
        for (Recovery one : measured) {
            table.row(
                    name(one.engine),
                    one.interval,
                    one.logBytes,
                    one.replayed,
                    one.millis(),
                    one.perSecond(),
                    one.writtenPerChange());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Recovery> measured, List<Integer> intervals) {
        Axis changes = Axis.logarithmic("changes between two checkpoints", "");
        List<Plot.Series> times = new ArrayList<>(series(measured, Recovery::millis));
        Plot.SeriesBuilder million = Plot.Series.named("a million a second");
        intervals.forEach(interval -> million.add(interval, interval * 1e3 / MILLION));
        times.add(million.as(Style.DASHED_LINE));
        return List.of(
                new Plot.Curves(
                        "Opening after a crash just before a checkpoint, this machine",
                        changes,
                        Axis.logarithmic("opening", "ms"),
                        times),
                new Plot.Curves(
                        "What a checkpoint writes for each change",
                        changes,
                        Axis.logarithmic("written", "bytes a change"),
                        series(measured, Recovery::writtenPerChange)));
    }

    private static List<Plot.Series> series(List<Recovery> measured, ToDoubleFunction<Recovery> figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            Plot.SeriesBuilder points = Plot.Series.named(name(engine));
            measured.stream()
                    .filter(one -> one.engine == engine)
                    .forEach(one -> points.add(one.interval, figure.applyAsDouble(one)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return series;
    }

    private static Recovery of(List<Recovery> measured, EngineKind engine, int interval) {
        return measured.stream()
                .filter(one -> one.engine == engine && one.interval == interval)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Recovery> measured) {
        int most = measured.get(measured.size() - 1).interval;
        Recovery tree = of(measured, EngineKind.BTREE, most);
        Recovery lsm = of(measured, EngineKind.LSM, most);
        Recovery often = of(measured, EngineKind.BTREE, measured.get(0).interval);
        return "After " + Quantity.number(most) + " changes since the checkpoint, the store over the B+tree opened in "
                + Quantity.duration(tree.nanos) + ", " + Quantity.number(tree.perSecond())
                + " operations a second, and the one over the LSM tree in " + Quantity.duration(lsm.nanos) + ", "
                + Quantity.number(lsm.perSecond()) + " a second. With a checkpoint every "
                + Quantity.number(often.interval) + " changes, opening took " + Quantity.duration(often.nanos)
                + " over the B+tree, but a checkpoint wrote " + Quantity.number(often.writtenPerChange())
                + " bytes of pages for each change instead of " + Quantity.number(tree.writtenPerChange()) + ".";
    }
}
