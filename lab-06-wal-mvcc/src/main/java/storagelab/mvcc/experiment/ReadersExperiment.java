package storagelab.mvcc.experiment;

import com.google.common.math.Quantiles;
import com.google.common.primitives.ImmutableLongArray;
import com.google.common.util.concurrent.Futures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.kv.CrashSafeStore;
import storagelab.mvcc.toy.LockedTransactions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * One thread moves money between accounts, and another one adds up all balances, again and again: without any isolation, behind
 * one lock, and with versions over either engine. The sum never changes, so that a wrong one shows.
 */
public final class ReadersExperiment implements Experiment {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    /** For the service loader. */
    public ReadersExperiment() {}

    @Override
    public String id() {
        return "6.readers";
    }

    @Override
    public String question() {
        return "What does a long report cost the writers, with locks and with versions?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Choice(
                "A thread moves money between two accounts in each commit. Another thread reads all accounts, one by one, each "
                        + "time the balance of that moment, and adds them up. What does it get?",
                List.of("always the same sum", "a wrong sum now and then", "a wrong sum most of the time"));
    }

    /** How reports and transfers are kept apart. */
    private enum Way {
        NONE("not at all", EngineKind.BTREE),
        LOCK("one lock", EngineKind.BTREE),
        VERSIONS_BTREE("versions, B+tree", EngineKind.BTREE),
        VERSIONS_LSM("versions, LSM tree", EngineKind.LSM);

        private final String words;
        private final EngineKind engine;

        Way(String words, EngineKind engine) {
            this.words = words;
            this.engine = engine;
        }
    }

    /** What a reader and a writer have done next to each other. */
    private record Done(
            Way way, int reports, int wrong, long commitsDuringReports, long commits, double slowNanos, long nanos) {
        double duringAReport() {
            return (double) commitsDuringReports / reports;
        }

        double perSecond(double count) {
            return count * NANOS_PER_SECOND / nanos;
        }
    }

    /** A store with accounts, a writer, and reports. */
    private static final class Bank {
        private final Way way;
        private final CrashSafeStore store;
        private final LockedTransactions locked;
        private final int accounts;
        private final SplittableRandom random;
        private final AtomicLong commits = new AtomicLong();
        private volatile boolean writerRuns;

        Bank(Way way, CrashSafeStore store, int accounts, long seed) {
            this.way = way;
            this.store = store;
            this.locked = new LockedTransactions(store);
            this.accounts = accounts;
            this.random = new SplittableRandom(seed);
        }

        /** Moves 1 from an account to another one. */
        void transfer() {
            Slice from = Balances.key(random.nextInt(accounts));
            Slice to = Balances.key(random.nextInt(accounts));
            if (from.equals(to)) {
                return;
            }
            switch (way) {
                case NONE -> transfer(store, from, to);
                case LOCK -> locked.write(all -> transfer(all, from, to));
                case VERSIONS_BTREE, VERSIONS_LSM -> {
                    try (Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
                        long had = Balances.decode(transaction.get(from).orElseThrow());
                        long has = Balances.decode(transaction.get(to).orElseThrow());
                        transaction.put(from, Balances.encode(had - 1));
                        transaction.put(to, Balances.encode(has + 1));
                        transaction.commit();
                    }
                    commits.incrementAndGet();
                }
            }
        }

        private void transfer(OrderedStore all, Slice from, Slice to) {
            long had = Balances.decode(all.get(from).orElseThrow());
            long has = Balances.decode(all.get(to).orElseThrow());
            WriteBatch batch = new WriteBatch();
            batch.put(from, Balances.encode(had - 1)).put(to, Balances.encode(has + 1));
            all.write(batch, Durability.BUFFERED);
            commits.incrementAndGet();
        }

        /** The sum of all balances, and how many commits there were while it was computed. */
        Report report() {
            return switch (way) {
                case NONE -> oneByOne();
                case LOCK ->
                    locked.read(all -> {
                        long before = commits.get();
                        long sum = Balances.sum(all.cursor(KeyRange.all()), accounts, () -> {});
                        return new Report(sum, commits.get() - before);
                    });
                case VERSIONS_BTREE, VERSIONS_LSM -> {
                    long before = commits.get();
                    try (Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
                        long sum = Balances.sum(transaction.cursor(KeyRange.all()), accounts, this::awaitCommits);
                        yield new Report(sum, commits.get() - before);
                    }
                }
            };
        }

        private Report oneByOne() {
            long before = commits.get();
            long sum = 0;
            for (int number = 0; number < accounts; number++) {
                sum += Balances.decode(store.get(Balances.key(number)).orElseThrow());
                if (number == accounts / 2) {
                    awaitCommits();
                }
            }
            return new Report(sum, commits.get() - before);
        }

        /** However busy the machine is, something happens during a report. Behind a lock that would take forever. */
        private void awaitCommits() {
            long some = commits.get() + 10;
            while (writerRuns && commits.get() < some) {
                Thread.onSpinWait();
            }
        }
    }

    /** A sum, and the commits while it was computed. */
    private record Report(long sum, long commits) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Done> measured = new ArrayList<>();
        for (Way way : Way.values()) {
            context.progress(way.words, measured.size() / (double) Way.values().length);
            Path directory = context.directory().resolve(way.name());
            try (CrashSafeStore store = CrashSafeStore.open(directory, DurableOptions.defaults(way.engine))) {
                int accounts = context.pick(20_000, 2_000);
                store.write(Balances.open(accounts), Durability.BUFFERED);
                Bank bank = new Bank(way, store, accounts, context.seed());
                Done unused = sideBySide(context, bank, 5); // thrown away: the JVM still interprets
                measured.add(sideBySide(context, bank, context.pick(100, 20)));
            }
        }
        double share = (double) measured.get(0).wrong / measured.get(0).reports;
        int answer = share == 0 ? 0 : share < 0.5 ? 1 : 2;
        return new ExperimentResult(table(measured), plots(measured), answer, observation(measured));
    }

    private static Done sideBySide(ExperimentContext context, Bank bank, int reports) {
        ImmutableLongArray.Builder latencies = ImmutableLongArray.builder();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        long commitsBefore = bank.commits.get();
        bank.writerRuns = true;
        try {
            Future<?> writer = executor.submit(() -> {
                try {
                    do { // at least one, if all reports were ready before this thread began
                        long begin = context.nanoTime();
                        bank.transfer();
                        latencies.add(context.nanoTime() - begin);
                    } while (!over.get());
                } finally {
                    bank.writerRuns = false;
                }
            });
            long begin = context.nanoTime();
            int wrong = 0;
            long during = 0;
            for (int i = 0; i < reports; i++) {
                Report report = bank.report();
                wrong += report.sum == Balances.FIRST * bank.accounts ? 0 : 1;
                during += report.commits;
            }
            long nanos = context.nanoTime() - begin;
            long commits = bank.commits.get() - commitsBefore;
            over.set(true);
            Futures.getUnchecked(writer);
            double slow =
                    Quantiles.scale(1000).index(999).compute(latencies.build().toArray());
            return new Done(bank.way, reports, wrong, during, commits, slow, nanos);
        } finally {
            over.set(true);
            executor.shutdown();
        }
    }

    private static ResultTable table(List<Done> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("kept apart by")
                .column("reports")
                .column("wrong sums")
                .column("commits during a report")
                .column("99.9 % of commits take at most", "ms")
                .column("commits", "1/s")
                .column("reports", "1/s");
        for (Done one : measured) {
            table.row(
                    one.way.words,
                    one.reports,
                    one.wrong,
                    one.duringAReport(),
                    one.slowNanos / NANOS_PER_MILLI,
                    one.perSecond(one.commits),
                    one.perSecond(one.reports));
        }
        return table.build();
    }

    private static List<Plot> plots(List<Done> measured) {
        List<String> ways = measured.stream().map(one -> one.way.words).toList();
        return List.of(
                new Plot.Bars(
                        "Sums that were wrong",
                        ways,
                        Axis.linear("wrong sums", "% of the reports"),
                        List.of(new Plot.Group(
                                "wrong",
                                measured.stream()
                                        .map(one -> 100.0 * one.wrong / one.reports)
                                        .toList()))),
                new Plot.Bars(
                        "Commits while a report runs",
                        ways,
                        Axis.linear("commits", "during a report"),
                        List.of(new Plot.Group(
                                "commits",
                                measured.stream().map(Done::duringAReport).toList()))));
    }

    private static String observation(List<Done> measured) {
        Done none = measured.get(Way.NONE.ordinal());
        Done lock = measured.get(Way.LOCK.ordinal());
        Done versions = measured.get(Way.VERSIONS_BTREE.ordinal());
        return "Without isolation, " + none.wrong + " of " + none.reports
                + " sums were wrong. Behind one lock none was, "
                + Quantity.number(lock.duringAReport())
                + " commits came during a report, and one commit in a thousand took more than "
                + Quantity.duration(lock.slowNanos) + ". With versions over the B+tree none was wrong either, "
                + Quantity.number(versions.duringAReport())
                + " commits came during a report, and there were "
                + Quantity.number(versions.perSecond(versions.commits))
                + " commits a second instead of " + Quantity.number(lock.perSecond(lock.commits)) + ".";
    }
}
