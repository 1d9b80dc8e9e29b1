package storagelab.mvcc.experiment;

import com.google.common.util.concurrent.Futures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
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
import storagelab.kv.CrashSafeStore;
import storagelab.mvcc.toy.UncheckedTransactions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * Two schedules, step by step, with each kind of transactions. Deposits: two transactions read an account, and each adds to it.
 * Withdrawals: two accounts together must not be below zero; two transactions read both, and each empties another one of them.
 * Then what it costs: threads withdraw from more or fewer accounts.
 */
public final class WriteSkewExperiment implements Experiment {
    private static final List<Integer> CUSTOMERS = List.of(10, 100, 1_000, 10_000);
    private static final int THREADS = 4;
    private static final int SCHEDULED = 100; // customers, each of them with every schedule once
    private static final double NANOS_PER_SECOND = 1e9;

    /** For the service loader. */
    public WriteSkewExperiment() {}

    @Override
    public String id() {
        return "6.write-skew";
    }

    @Override
    public String question() {
        return "Which anomalies does each isolation level let through, and what does it cost to stop them?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                SCHEDULED
                        + " customers have two accounts each, with 10 in both; together they must not be below zero. For each "
                        + "customer, two transactions with snapshot isolation begin, see 20, and take 20 out, one from each "
                        + "account; then both commit. How many customers are below zero?",
                "customers");
    }

    /** A kind of transactions. */
    private enum Level {
        TOY("no check (toy)"),
        SNAPSHOT("snapshot isolation"),
        SERIALIZABLE("serializable");

        private final String words;

        Level(String words) {
            this.words = words;
        }
    }

    /** A transaction of any kind. */
    private interface Teller extends AutoCloseable {
        long get(Slice key);

        void put(Slice key, long balance);

        /** Whether it committed. */
        boolean commit();

        @Override
        void close();
    }

    private static Teller begin(CrashSafeStore store, Level level) {
        return switch (level) {
            case TOY -> new ToyTeller(new UncheckedTransactions(store).begin());
            case SNAPSHOT -> new StoreTeller(store.begin(Isolation.SNAPSHOT));
            case SERIALIZABLE -> new StoreTeller(store.begin(Isolation.SERIALIZABLE));
        };
    }

    private record ToyTeller(UncheckedTransactions.Open transaction) implements Teller {
        @Override
        public long get(Slice key) {
            return Balances.decode(transaction.get(key).orElseThrow());
        }

        @Override
        public void put(Slice key, long balance) {
            transaction.put(key, Balances.encode(balance));
        }

        @Override
        public boolean commit() {
            transaction.commit();
            return true;
        }

        @Override
        public void close() {}
    }

    private record StoreTeller(Transaction transaction) implements Teller {
        @Override
        public long get(Slice key) {
            return Balances.decode(transaction.get(key).orElseThrow());
        }

        @Override
        public void put(Slice key, long balance) {
            transaction.put(key, Balances.encode(balance));
        }

        @Override
        public boolean commit() {
            try {
                transaction.commit();
                return true;
            } catch (TransactionConflictException e) {
                return false; // counted by the caller
            }
        }

        @Override
        public void close() {
            transaction.close();
        }
    }

    /** What the two schedules left. */
    private record Anomalies(int lostUpdates, int skews) {}

    /** What threads did that withdraw. */
    private record Load(Level level, int customers, long commits, long refused, long nanos) {
        double perSecond() {
            return commits * NANOS_PER_SECOND / nanos;
        }

        double refusedPercent() {
            return 100.0 * refused / (commits + refused);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Anomalies> anomalies = new ArrayList<>();
        List<Load> loads = new ArrayList<>();
        Path directory = context.directory().resolve("store");
        try (CrashSafeStore store = CrashSafeStore.open(directory, DurableOptions.defaults(EngineKind.BTREE))) {
            int transactions = context.pick(40_000, 2_000);
            for (Level level : Level.values()) {
                context.progress(level.words, level.ordinal() / (double) Level.values().length);
                anomalies.add(new Anomalies(lostUpdates(store, level), skews(store, level)));
                Load unused = load(context, store, new Load(level, CUSTOMERS.get(0), transactions, 0, 0)); // a warm-up
                for (int customers : CUSTOMERS) {
                    loads.add(load(context, store, new Load(level, customers, transactions, 0, 0)));
                }
            }
        }
        double answer = anomalies.get(Level.SNAPSHOT.ordinal()).skews;
        return new ExperimentResult(
                table(anomalies, loads), plots(anomalies, loads), answer, observation(anomalies, loads));
    }

    /** Deposits of 1: both transactions read, both write, both commit. How many are not in the balance, though they committed. */
    private static int lostUpdates(CrashSafeStore store, Level level) {
        int lost = 0;
        for (int customer = 0; customer < SCHEDULED; customer++) {
            Slice account = Balances.key(customer);
            store.put(account, Balances.encode(10));
            int committed = 0;
            try (Teller one = begin(store, level);
                    Teller other = begin(store, level)) {
                long seenByOne = one.get(account);
                long seenByOther = other.get(account);
                one.put(account, seenByOne + 1);
                other.put(account, seenByOther + 1);
                committed += one.commit() ? 1 : 0;
                committed += other.commit() ? 1 : 0;
            }
            lost += 10 + committed - (int) Balances.decode(store.get(account).orElseThrow());
        }
        return lost;
    }

    /** Withdrawals: how many customers are below zero afterwards. */
    private static int skews(CrashSafeStore store, Level level) {
        int below = 0;
        for (int customer = 0; customer < SCHEDULED; customer++) {
            Slice checking = Balances.key(2L * customer);
            Slice savings = Balances.key(2L * customer + 1);
            store.put(checking, Balances.encode(10));
            store.put(savings, Balances.encode(10));
            try (Teller one = begin(store, level);
                    Teller other = begin(store, level)) {
                withdraw(one, checking, savings);
                withdraw(other, savings, checking);
                boolean unused = one.commit() | other.commit(); // whichever does: the rule must hold
            }
            long both = Balances.decode(store.get(checking).orElseThrow())
                    + Balances.decode(store.get(savings).orElseThrow());
            below += both < 0 ? 1 : 0;
        }
        return below;
    }

    /** Takes 20 out of {@code from}, if both accounts together have them. */
    private static void withdraw(Teller teller, Slice from, Slice with) {
        long has = teller.get(from);
        if (has + teller.get(with) >= 20) {
            teller.put(from, has - 20);
        }
    }

    /** Threads that read both accounts of a random customer and change one, until as many transactions have ended as planned. */
    private static Load load(ExperimentContext context, CrashSafeStore store, Load planned) throws IOException {
        store.write(Balances.open(2 * planned.customers), Durability.BUFFERED);
        AtomicLong commits = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            long nanos = new Stopwatch(context).nanos(() -> {
                List<Future<?>> running = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    SplittableRandom random = new SplittableRandom(context.seed() + thread);
                    running.add(executor.submit(() -> {
                        for (long i = 0; i < planned.commits / THREADS; i++) {
                            (transact(store, planned, random) ? commits : refused).incrementAndGet();
                        }
                    }));
                }
                running.forEach(Futures::getUnchecked);
            });
            return new Load(planned.level, planned.customers, commits.get(), refused.get(), nanos);
        } finally {
            executor.shutdown();
        }
    }

    private static boolean transact(CrashSafeStore store, Load planned, SplittableRandom random) {
        long customer = random.nextInt(planned.customers);
        int which = random.nextInt(2);
        try (Teller teller = begin(store, planned.level)) {
            long has = teller.get(Balances.key(2 * customer + which));
            long with = teller.get(Balances.key(2 * customer + 1 - which));
            teller.put(Balances.key(2 * customer + which), has + with > 0 ? has - 1 : has + 1);
            Thread.yield(); // so that transactions overlap, on few processors, too
            return teller.commit();
        }
    }

    private static ResultTable table(List<Anomalies> anomalies, List<Load> loads) {
        ResultTable.Builder table = ResultTable.builder()
                .column("transactions")
                .column("lost updates of " + SCHEDULED)
                .column("below zero of " + SCHEDULED)
                .column("customers of " + THREADS + " threads")
                .column("committed")
                .column("refused")
                .column("refused", "%")
                .column("committed a second");
        for (Load load : loads) {
            Anomalies seen = anomalies.get(load.level.ordinal());
            table.row(
                    load.level.words,
                    seen.lostUpdates,
                    seen.skews,
                    load.customers,
                    load.commits,
                    load.refused,
                    load.refusedPercent(),
                    load.perSecond());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Anomalies> anomalies, List<Load> loads) {
        List<String> levels = new ArrayList<>();
        for (Level level : Level.values()) {
            levels.add(level.words);
        }
        List<Double> lost =
                anomalies.stream().map(one -> (double) one.lostUpdates).toList();
        List<Double> skews = anomalies.stream().map(one -> (double) one.skews).toList();
        return List.of(
                new Plot.Bars(
                        "What two schedules leave wrong, of " + SCHEDULED + " each",
                        levels,
                        Axis.linear("anomalies", ""),
                        List.of(
                                new Plot.Group("lost updates", lost),
                                new Plot.Group("write skew: customers below zero", skews))),
                new Plot.Curves(
                        "Transactions that are refused, " + THREADS + " threads",
                        Axis.logarithmic("customers", ""),
                        Axis.linear("refused", "%"),
                        series(loads, Load::refusedPercent)));
    }

    private static List<Plot.Series> series(List<Load> loads, ToDoubleFunction<Load> figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (Level level : Level.values()) {
            Plot.SeriesBuilder points = Plot.Series.named(level.words);
            loads.stream()
                    .filter(one -> one.level == level)
                    .forEach(one -> points.add(one.customers, figure.applyAsDouble(one)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return series;
    }

    private static Load of(List<Load> loads, Level level, int customers) {
        return loads.stream()
                .filter(one -> one.level == level && one.customers == customers)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Anomalies> anomalies, List<Load> loads) {
        Anomalies toy = anomalies.get(Level.TOY.ordinal());
        Anomalies snapshot = anomalies.get(Level.SNAPSHOT.ordinal());
        Anomalies serializable = anomalies.get(Level.SERIALIZABLE.ordinal());
        int few = CUSTOMERS.get(0);
        int many = CUSTOMERS.get(CUSTOMERS.size() - 1);
        return "Without a check, " + toy.lostUpdates + " of " + SCHEDULED
                + " second deposits were lost; with snapshot isolation "
                + snapshot.lostUpdates + ", but " + snapshot.skews + " of " + SCHEDULED
                + " customers were below zero, each transaction by itself being right. Serializable transactions left "
                + serializable.skews + ". The price: with " + few + " customers, "
                + Quantity.number(of(loads, Level.SNAPSHOT, few).refusedPercent())
                + " % were refused with snapshot isolation and "
                + Quantity.number(of(loads, Level.SERIALIZABLE, few).refusedPercent())
                + " % with serializable, and with "
                + Quantity.number(many) + " customers "
                + Quantity.number(of(loads, Level.SERIALIZABLE, many).refusedPercent()) + " %; there, "
                + Quantity.number(of(loads, Level.SERIALIZABLE, many).perSecond()) + " committed a second instead of "
                + Quantity.number(of(loads, Level.SNAPSHOT, many).perSecond()) + ".";
    }
}
