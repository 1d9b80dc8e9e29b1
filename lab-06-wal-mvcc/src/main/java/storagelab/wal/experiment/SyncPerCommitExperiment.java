package storagelab.wal.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import storagelab.api.Durability;
import storagelab.api.StorageEngine;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.file.FileMetrics;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;

/**
 * Accounts at random places of a B+tree are changed, and each commit is on the disk when it returns: once without a log, so
 * that a commit writes the changed pages, and once with a log, so that a commit appends a record, and one checkpoint at the end
 * writes the pages.
 */
public final class SyncPerCommitExperiment implements Experiment {
    private static final List<Integer> CHANGES = List.of(1, 10, 100); // a commit
    private static final int PREDICTED = 1; // of CHANGES
    private static final long POOL_BYTES = 64L << 20; // everything fits: no page is written but by a checkpoint
    private static final int LOAD_BATCH = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    /** For the service loader. */
    public SyncPerCommitExperiment() {}

    @Override
    public String id() {
        return "6.sync-per-commit";
    }

    @Override
    public String question() {
        return "Why is everything written twice?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A commit changes one account of 116 bytes at a random place of a B+tree, and has to be on the disk when it "
                        + "returns. Without a log, the commit writes the pages that have changed. With a log, it appends a "
                        + "record, and the pages are written once, after some thousand commits. How many times as many bytes "
                        + "are written without the log?",
                "times as many");
    }

    /** How a commit gets to the disk. */
    private enum Way {
        PAGES("pages at once"),
        LOG("log, pages later");

        private final String words;

        Way(String words) {
            this.words = words;
        }
    }

    /** Commits, and what they took; the last checkpoint is counted in bytes, syncs and {@code nanos}. */
    private record Done(Way way, int changes, long[] latencies, long nanos, Written written) {
        double perChange(long bytes) {
            return (double) bytes / changes / latencies.length;
        }

        double bytesPerChange() {
            return perChange(written.log + written.pages);
        }

        double syncsPerCommit() {
            return (double) written.syncs / latencies.length;
        }

        double micros(double quantile) {
            return latencies[(int) (quantile * (latencies.length - 1))] / NANOS_PER_MICRO;
        }

        double perSecond() {
            return latencies.length * NANOS_PER_SECOND / nanos;
        }
    }

    /** What was written up to some moment. */
    private record Written(long log, long pages, long syncs) {
        static Written of(StoreStats all, StorageEngine engine) {
            return new Written(
                    all.get(WalMetrics.BYTES),
                    engine.stats().get(FileMetrics.BYTES_WRITTEN),
                    all.get(FileMetrics.SYNCS));
        }

        Written since(Written before) {
            return new Written(log - before.log, pages - before.pages, syncs - before.syncs);
        }
    }

    /** A change of a store; throws nothing that is checked. */
    private interface Commit {
        void of(WriteBatch batch);
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Done> measured = new ArrayList<>();
        for (Way way : Way.values()) {
            Done unused = measure(context, way, PREDICTED, "warm-up"); // thrown away: the JVM still interprets
            for (int changes : CHANGES) {
                context.progress(way.words, measured.size() / 6.0);
                measured.add(measure(context, way, changes, "measured"));
            }
        }
        double answer = of(measured, Way.PAGES, PREDICTED).bytesPerChange()
                / of(measured, Way.LOG, PREDICTED).bytesPerChange();
        return new ExperimentResult(table(measured), plots(measured), answer, observation(measured, answer));
    }

    private static Done measure(ExperimentContext context, Way way, int changes, String run) throws IOException {
        Path directory = context.directory().resolve(way.name() + "-" + changes + "-" + run);
        return switch (way) {
            case PAGES -> pages(context, directory, changes);
            case LOG -> log(context, directory, changes);
        };
    }

    private static BTreeOptions tree() {
        return BTreeOptions.defaults().withPoolBytes(POOL_BYTES).withCheckpointBytes(Long.MAX_VALUE);
    }

    private static Done pages(ExperimentContext context, Path directory, int changes) throws IOException {
        try (BTreeStore store = BTreeStore.open(directory, tree())) {
            load(context, batch -> store.write(batch, Durability.BUFFERED));
            store.checkpoint();
            Written before = Written.of(store.stats(), store);
            Timed timed = commits(context, changes, batch -> store.write(batch, Durability.SYNCED));
            Written after = Written.of(store.stats(), store);
            return new Done(Way.PAGES, changes, timed.latencies, timed.nanos, after.since(before));
        }
    }

    private static Done log(ExperimentContext context, Path directory, int changes) throws IOException {
        DurableOptions options = DurableOptions.defaults(EngineKind.BTREE)
                .withBtree(tree())
                .withCheckpointLogBytes(Long.MAX_VALUE)
                .withLog(WalOptions.defaults().withAccess(SegmentAccess.PREPARED)); // the cheapest to sync
        try (DurableStore store = DurableStore.open(directory, options)) {
            load(context, batch -> store.write(batch, Durability.BUFFERED));
            store.checkpoint();
            Written before = Written.of(store.stats(), store.engine());
            Timed timed = commits(context, changes, batch -> store.write(batch, Durability.SYNCED));
            long checkpoint = new Stopwatch(context).nanos(store::checkpoint);
            Written after = Written.of(store.stats(), store.engine());
            return new Done(Way.LOG, changes, timed.latencies, timed.nanos + checkpoint, after.since(before));
        }
    }

    private static int accounts(ExperimentContext context) {
        return context.pick(20_000, 2_000);
    }

    private static void load(ExperimentContext context, Commit store) {
        SplittableRandom random = new SplittableRandom(context.seed());
        for (int from = 0; from < accounts(context); from += LOAD_BATCH) {
            store.of(Accounts.open(from, from + LOAD_BATCH, random));
        }
    }

    /** How long commits took: each of them, ascending, and all together. */
    private record Timed(long[] latencies, long nanos) {}

    /** As many commits as make a fixed number of changes. */
    private static Timed commits(ExperimentContext context, int changes, Commit store) throws IOException {
        SplittableRandom random = new SplittableRandom(context.seed() + 1);
        long[] latencies = new long[context.pick(4_000, 400) / changes];
        Stopwatch stopwatch = new Stopwatch(context);
        for (int i = 0; i < latencies.length; i++) {
            WriteBatch batch = Accounts.change(changes, accounts(context), random);
            latencies[i] = stopwatch.nanos(() -> store.of(batch));
        }
        long sum = Arrays.stream(latencies).sum();
        Arrays.sort(latencies);
        return new Timed(latencies, sum);
    }

    private static ResultTable table(List<Done> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("commits write")
                .column("changes a commit")
                .column("commits")
                .column("log a change", "bytes")
                .column("pages a change", "bytes")
                .column("syncs a commit")
                .column("median", "µs")
                .column("99 %", "µs")
                .column("commits a second");
        for (Done one : measured) {
            table.row(
                    one.way.words,
                    one.changes,
                    one.latencies.length,
                    one.perChange(one.written.log),
                    one.perChange(one.written.pages),
                    one.syncsPerCommit(),
                    one.micros(0.5),
                    one.micros(0.99),
                    one.perSecond());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Done> measured) {
        Axis changes = Axis.logarithmic("accounts that a commit changes", "");
        return List.of(
                new Plot.Curves(
                        "Log and pages that a change writes",
                        changes,
                        Axis.logarithmic("written", "bytes a change"),
                        series(measured, Done::bytesPerChange)),
                new Plot.Curves(
                        "Commits, each on the disk when it returns, this disk",
                        changes,
                        Axis.logarithmic("commits", "a second"),
                        series(measured, Done::perSecond)));
    }

    private static List<Plot.Series> series(List<Done> measured, ToDoubleFunction<Done> figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (Way way : Way.values()) {
            Plot.SeriesBuilder points = Plot.Series.named(way.words);
            measured.stream()
                    .filter(one -> one.way == way)
                    .forEach(one -> points.add(one.changes, figure.applyAsDouble(one)));
            series.add(points.as(Plot.Style.MARKS_AND_LINE));
        }
        return series;
    }

    private static Done of(List<Done> measured, Way way, int changes) {
        return measured.stream()
                .filter(one -> one.way == way && one.changes == changes)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Done> measured, double answer) {
        Done pages = of(measured, Way.PAGES, PREDICTED);
        Done log = of(measured, Way.LOG, PREDICTED);
        int most = CHANGES.get(CHANGES.size() - 1);
        return "Without a log, a commit of one change wrote " + Quantity.bytes(pages.bytesPerChange()) + " with "
                + Quantity.number(pages.syncsPerCommit()) + " syncs and took " + Quantity.number(pages.micros(0.5))
                + " µs. With a log, it appended " + Quantity.bytes(log.perChange(log.written.log))
                + " with one sync and took "
                + Quantity.number(log.micros(0.5)) + " µs, and the checkpoint wrote "
                + Quantity.bytes(log.perChange(log.written.pages)) + " of pages for it: what is written twice was "
                + Quantity.number(answer) + " times less. With " + most + " changes a commit it was "
                + Quantity.number(of(measured, Way.PAGES, most).bytesPerChange()
                        / of(measured, Way.LOG, most).bytesPerChange())
                + " times less, because commits without a log then share pages, too.";
    }
}
