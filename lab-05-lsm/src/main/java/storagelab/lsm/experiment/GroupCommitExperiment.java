package storagelab.lsm.experiment;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
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
import storagelab.file.FileMetrics;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/**
 * Threads write orders one by one, each of them synced before the thread goes on: once through the store's queue, where
 * writers that wait share the next sync, and once one after the other, each with a sync of its own.
 */
public final class GroupCommitExperiment implements Experiment {
    private static final List<Integer> WRITERS = List.of(1, 2, 4, 8, 16, 32);
    private static final int PREDICTED = 8; // of WRITERS
    private static final double NANOS_PER_SECOND = 1e9;

    /** For the service loader. */
    public GroupCommitExperiment() {}

    @Override
    public String id() {
        return "5.group-commit";
    }

    @Override
    public String question() {
        return "How many writers can share one sync?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Eight threads write, and each waits until its write is on the disk before it writes the next. Whoever waits "
                        + "while a sync is running shares the next one. How many writes does a sync serve on average?",
                "writes a sync");
    }

    /** How writers come to the store. */
    private enum Writers {
        GROUPED("through the queue"),
        ALONE("one after the other");

        private final String words;

        Writers(String words) {
            this.words = words;
        }

        void write(LsmStore store, WriteBatch order) {
            if (this == GROUPED) {
                store.write(order, Durability.SYNCED);
            } else {
                synchronized (store) {
                    store.write(order, Durability.SYNCED);
                }
            }
        }
    }

    /** What so many writers have done. */
    private record Committed(Writers writers, int threads, int commits, long syncs, long nanos) {
        double perSync() {
            return (double) commits / syncs;
        }

        double perSecond() {
            return commits * NANOS_PER_SECOND / nanos;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Committed> measured = new ArrayList<>();
        for (Writers writers : Writers.values()) {
            Path directory = context.directory().resolve(writers.name());
            try (LsmStore store = LsmStore.open(directory, LsmOptions.defaults().withoutStalls())) {
                commit(context, store, writers, 1); // thrown away: the log is new, and the JVM still interprets
                for (int threads : WRITERS) {
                    context.progress(writers.words, measured.size() / (2.0 * WRITERS.size()));
                    measured.add(commit(context, store, writers, threads));
                }
            }
        }
        return new ExperimentResult(
                table(measured),
                plots(measured),
                of(measured, Writers.GROUPED, PREDICTED).perSync(),
                observation(measured));
    }

    private static Committed commit(ExperimentContext context, LsmStore store, Writers writers, int threads)
            throws IOException {
        int each = writers == Writers.GROUPED ? context.pick(250, 40) : context.pick(320, 64) / threads;
        CountDownLatch begin = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                List<WriteBatch> orders = orders(new SplittableRandom(context.seed() + thread), each);
                running.add(executor.submit(() -> {
                    Uninterruptibles.awaitUninterruptibly(begin);
                    orders.forEach(order -> writers.write(store, order));
                }));
            }
            long syncsBefore = store.stats().get(FileMetrics.SYNCS);
            long nanos = new Stopwatch(context).nanos(() -> {
                begin.countDown();
                running.forEach(Futures::getUnchecked);
            });
            long syncs = store.stats().get(FileMetrics.SYNCS) - syncsBefore;
            return new Committed(writers, threads, each * threads, syncs, nanos);
        } finally {
            begin.countDown();
            executor.shutdown();
        }
    }

    private static List<WriteBatch> orders(SplittableRandom random, int count) {
        List<WriteBatch> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            orders.add(new WriteBatch().put(Orders.key(random.nextInt(1_000_000)), Orders.value(random)));
        }
        return orders;
    }

    private static ResultTable table(List<Committed> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("writers come")
                .column("writers")
                .column("commits")
                .column("syncs")
                .column("commits a sync")
                .column("commits a second");
        for (Committed one : measured) {
            table.row(one.writers.words, one.threads, one.commits, one.syncs, one.perSync(), one.perSecond());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Committed> measured) {
        Plot.SeriesBuilder half = Plot.Series.named("half of the writers");
        Plot.SeriesBuilder all = Plot.Series.named("all writers");
        for (int threads : WRITERS) {
            half.add(threads, Math.max(1, threads / 2.0));
            all.add(threads, threads);
        }
        List<Plot.Series> shared = new ArrayList<>(series(measured, Committed::perSync));
        shared.add(half.as(Style.DASHED_LINE));
        shared.add(all.as(Style.DASHED_LINE));
        Axis writers = Axis.logarithmic("threads that write", "");
        return List.of(
                new Plot.Curves("Writes that one sync serves", writers, Axis.logarithmic("commits", "a sync"), shared),
                new Plot.Curves(
                        "Synced writes, this disk",
                        writers,
                        Axis.logarithmic("commits", "a second"),
                        series(measured, Committed::perSecond)));
    }

    private static List<Plot.Series> series(List<Committed> measured, ToDoubleFunction<Committed> figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (Writers writers : Writers.values()) {
            Plot.SeriesBuilder points = Plot.Series.named(writers.words);
            measured.stream()
                    .filter(one -> one.writers == writers)
                    .forEach(one -> points.add(one.threads, figure.applyAsDouble(one)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return series;
    }

    private static Committed of(List<Committed> measured, Writers writers, int threads) {
        return measured.stream()
                .filter(one -> one.writers == writers && one.threads == threads)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Committed> measured) {
        Committed one = of(measured, Writers.GROUPED, 1);
        Committed eight = of(measured, Writers.GROUPED, PREDICTED);
        Committed most = of(measured, Writers.GROUPED, WRITERS.get(WRITERS.size() - 1));
        Committed alone = of(measured, Writers.ALONE, PREDICTED);
        return "One writer committed " + Quantity.number(one.perSecond()) + " times a second on this disk. "
                + eight.threads + " writers committed " + Quantity.number(eight.perSecond()) + " times with "
                + Quantity.number(eight.perSync()) + " writes a sync, and " + Quantity.number(alone.perSecond())
                + " times if each had to sync by itself; " + most.threads + " writers committed "
                + Quantity.number(most.perSecond()) + " times, with " + Quantity.number(most.perSync())
                + " a sync. A sync serves those who came while the one before it was running, and nobody who comes a "
                + "moment later.";
    }
}
