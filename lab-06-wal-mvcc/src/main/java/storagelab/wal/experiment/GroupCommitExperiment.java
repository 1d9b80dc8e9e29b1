package storagelab.wal.experiment;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import storagelab.api.Durability;
import storagelab.api.WriteBatch;
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
import storagelab.wal.GroupCommitter;
import storagelab.wal.LogSyncer;
import storagelab.wal.SyncPolicy;
import storagelab.wal.SyncPolicy.Level;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/**
 * 1 to 32 threads commit to a log, each the next commit when the one before has returned, at each of the four levels of
 * durability. There is no engine behind the log: only the log is measured.
 */
public final class GroupCommitExperiment implements Experiment {
    private static final List<Integer> WRITERS = List.of(1, 2, 4, 8, 16, 32);
    private static final int PREDICTED = 8; // of WRITERS
    private static final int ACCOUNTS = 1_000_000;
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final List<SyncPolicy> POLICIES =
            List.of(SyncPolicy.none(), SyncPolicy.every(INTERVAL), SyncPolicy.group(), SyncPolicy.everyCommit());
    private static final double NANOS_PER_SECOND = 1e9;

    /** For the service loader. */
    public GroupCommitExperiment() {}

    @Override
    public String id() {
        return "6.group-commit";
    }

    @Override
    public String question() {
        return "What does each level of durability cost, and who pays for a sync?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Eight threads commit, each the next commit when the one before is on the disk. Commits that come while a "
                        + "sync runs wait, and are the next group: one record, one sync. How many commits does a sync cover "
                        + "on average?",
                "commits a sync");
    }

    /** What so many writers have committed. */
    private record Done(SyncPolicy policy, int writers, int commits, long syncs, long nanos) {
        double perSync() {
            return (double) commits / syncs;
        }

        double perSecond() {
            return commits * NANOS_PER_SECOND / nanos;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Done> measured = new ArrayList<>();
        for (SyncPolicy policy : POLICIES) {
            context.progress("warming up", 0);
            Done unused = commit(context, policy, 2); // thrown away: the JVM still interprets
        }
        for (SyncPolicy policy : POLICIES) {
            for (int writers : WRITERS) {
                context.progress(name(policy), measured.size() / (double) (POLICIES.size() * WRITERS.size()));
                measured.add(commit(context, policy, writers));
            }
        }
        return new ExperimentResult(
                table(measured),
                plots(measured),
                of(measured, Level.GROUP, PREDICTED).perSync(),
                observation(measured));
    }

    private static String name(SyncPolicy policy) {
        return switch (policy.level()) {
            case NONE -> "no sync";
            case INTERVAL -> "a sync each " + policy.interval().toMillis() + " ms";
            case EVERY_COMMIT -> "a sync each commit";
            case GROUP -> "a sync each group";
        };
    }

    /** So many that each takes a noticeable time, and none a long one. */
    private static int commitsOfAll(ExperimentContext context, SyncPolicy policy, int writers) {
        return switch (policy.level()) {
            case NONE, INTERVAL -> context.pick(200_000, 6_000);
            case EVERY_COMMIT -> context.pick(1_600, 64);
            case GROUP -> context.pick(800, 40) * writers;
        };
    }

    private static Done commit(ExperimentContext context, SyncPolicy policy, int writers) throws IOException {
        Path directory = Files.createTempDirectory(context.directory(), "log");
        StatsRecorder stats = new StatsRecorder();
        WalOptions options = WalOptions.defaults();
        int each = commitsOfAll(context, policy, writers) / writers;
        CountDownLatch begin = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try (WriteAheadLog log = WriteAheadLog.create(directory, 0, options, stats);
                LogSyncer syncer = new LogSyncer(log, policy)) {
            GroupCommitter committer = new GroupCommitter(log, syncer, (sequence, batch) -> {}, stats);
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                List<WriteBatch> batches = batches(new SplittableRandom(context.seed() + writer), each);
                running.add(executor.submit(() -> {
                    Uninterruptibles.awaitUninterruptibly(begin);
                    batches.forEach(batch -> {
                        long unused = committer.commit(batch, Durability.BUFFERED);
                    });
                }));
            }
            long nanos = new Stopwatch(context).nanos(() -> {
                begin.countDown();
                running.forEach(Futures::getUnchecked);
            });
            committer.stop();
            return new Done(policy, writers, each * writers, stats.snapshot().get(WalMetrics.SYNCS), nanos);
        } finally {
            begin.countDown();
            executor.shutdown();
        }
    }

    private static List<WriteBatch> batches(SplittableRandom random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Accounts.change(1, ACCOUNTS, random))
                .toList();
    }

    private static ResultTable table(List<Done> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("level")
                .column("writers")
                .column("commits")
                .column("syncs")
                .column("commits a sync")
                .column("commits a second");
        for (Done one : measured) {
            table.row(
                    name(one.policy),
                    one.writers,
                    one.commits,
                    one.syncs,
                    one.syncs == 0 ? "none" : one.perSync(),
                    one.perSecond());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Done> measured) {
        Axis writers = Axis.logarithmic("threads that commit", "");
        List<Plot.Series> shared = new ArrayList<>(
                series(measured, POLICIES.stream().filter(SyncPolicy::isDurable).toList(), Done::perSync));
        Plot.SeriesBuilder others = Plot.Series.named("all writers but one");
        WRITERS.forEach(count -> others.add(count, Math.max(1, count - 1)));
        shared.add(others.as(Style.DASHED_LINE));
        return List.of(
                new Plot.Curves(
                        "Commits at the four levels, this disk",
                        writers,
                        Axis.logarithmic("commits", "a second"),
                        series(measured, POLICIES, Done::perSecond)),
                new Plot.Curves(
                        "Commits that a sync covers, where none may be lost",
                        writers,
                        Axis.logarithmic("commits", "a sync"),
                        shared));
    }

    private static List<Plot.Series> series(
            List<Done> measured, List<SyncPolicy> policies, ToDoubleFunction<Done> figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (SyncPolicy policy : policies) {
            Plot.SeriesBuilder points = Plot.Series.named(name(policy));
            measured.stream()
                    .filter(one -> one.policy.equals(policy))
                    .forEach(one -> points.add(one.writers, figure.applyAsDouble(one)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return series;
    }

    private static Done of(List<Done> measured, Level level, int writers) {
        return measured.stream()
                .filter(one -> one.policy.level() == level && one.writers == writers)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Done> measured) {
        Done one = of(measured, Level.GROUP, 1);
        Done eight = of(measured, Level.GROUP, PREDICTED);
        Done alone = of(measured, Level.EVERY_COMMIT, PREDICTED);
        Done most = of(measured, Level.GROUP, WRITERS.get(WRITERS.size() - 1));
        return String.format(
                Locale.ROOT,
                "One writer committed %s times a second on this disk, with a sync each. Eight writers committed %s times with "
                        + "a sync for each commit, and %s times with groups, %s commits a sync; %d writers %s times, with %s "
                        + "a sync. Without a sync, and with one each %d ms, eight writers committed %s and %s times a second: a "
                        + "power cut may take a part of those.",
                Quantity.number(one.perSecond()),
                Quantity.number(alone.perSecond()),
                Quantity.number(eight.perSecond()),
                Quantity.number(eight.perSync()),
                most.writers,
                Quantity.number(most.perSecond()),
                Quantity.number(most.perSync()),
                INTERVAL.toMillis(),
                Quantity.number(of(measured, Level.NONE, PREDICTED).perSecond()),
                Quantity.number(of(measured, Level.INTERVAL, PREDICTED).perSecond()));
    }
}
