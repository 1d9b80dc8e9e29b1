package storagelab.grader.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import storagelab.api.Durability;
import storagelab.grader.bench.engine.EngineWorkload.Stage;
import storagelab.grader.bench.engine.KilledStore.Contents;
import storagelab.grader.bench.engine.LoadedStore.LateException;
import storagelab.grader.bench.engine.PhaseResult.Figure;
import storagelab.grader.bench.worker.WrongAnswerException;

/** All workloads of one engine in this JVM, stage by stage, each stage on a new store. */
final class EngineRun {
    private static final int BATCH = 1_000;
    private static final int LARGE_BATCH = 100;
    private static final int CALLS_AT_ONCE = 64;
    private static final int SCANS_AT_ONCE = 4;
    private static final int THREADS_DURABLE = 8;
    private static final int THREADS_TRANSACTIONS = 8;
    private static final int FRESH_SHARE = 4;
    private static final int REOPEN_SHARE = 4;
    private static final int OVERLOAD_SHARE = 4;
    private static final int OVERLOAD_FACTOR = 2;
    private static final double NANOS_A_MICRO = 1e3;
    private static final int WARM_UP_RECORDS_MAX = 250_000;
    private static final int WARM_UP_SHARE = 4;

    /** Room for inserts, for engines that have to know how large a store may become. */
    private static final int DATA_SHARE_MAX = 2;

    private final EngineTask task;
    private final Supplier<? extends PeerEngine> engines;
    private final Consumer<PhaseResult> done;
    private final Meter meter;
    private final Meter warmUpMeter;
    private final Calibration calibration;
    private final long loadNanosMax;
    private int directories;

    /**
     * @param engines makes a new engine for every store
     * @param done told each result when it is there
     */
    EngineRun(EngineTask task, Supplier<? extends PeerEngine> engines, Consumer<PhaseResult> done) {
        this(task, engines, done, new Calibration());
    }

    EngineRun(
            EngineTask task,
            Supplier<? extends PeerEngine> engines,
            Consumer<PhaseResult> done,
            Calibration calibration) {
        this.calibration = calibration;
        this.task = task;
        this.engines = engines;
        this.done = done;
        meter = new Meter(task.timing());
        warmUpMeter = new Meter(task.timing().forWarmUp());
        loadNanosMax = TimeUnit.MILLISECONDS.toNanos(task.timing().loadMillisMax());
    }

    void run() throws IOException {
        calibration.warmUp();
        try {
            warmUp();
        } catch (LateException late) {
            throw new IOException("the warm-up was " + late.getMessage(), late);
        }
        for (Stage stage : Stage.values()) {
            List<EngineWorkload> wanted = wanted(stage);
            if (!wanted.isEmpty()) {
                run(stage, wanted);
            }
        }
    }

    /** What is asked for of {@code stage}, in order. */
    private List<EngineWorkload> wanted(Stage stage) {
        List<EngineWorkload> wanted = new ArrayList<>();
        for (EngineWorkload workload : EngineWorkload.values()) {
            if (workload.stage() == stage && task.workloads().contains(workload)) {
                wanted.add(workload);
            }
        }
        return wanted;
    }

    /** A wrong answer, or whatever else an engine throws, ends its stage; the next one begins anew. */
    private void run(Stage stage, List<EngineWorkload> wanted) throws IOException {
        List<EngineWorkload> open = new ArrayList<>(wanted);
        Consumer<PhaseResult> answered = result -> {
            open.remove(result.workload());
            done.accept(result);
        };
        Path directory = newDirectory(stage.name());
        String problem = "";
        boolean wrong = false;
        try {
            switch (stage) {
                case SEQUENTIAL -> load(directory, wanted.get(0), new Loading(i -> i, 1), answered);
                case BATCHES -> load(directory, wanted.get(0), new Loading(randomOrder(), BATCH), answered);
                case RANDOM -> random(directory, answered);
                case BULK -> bulkLoad(directory, answered);
                case DURABLE -> durable(directory, wanted, answered);
                case TRANSACTIONS -> transactions(directory, wanted, answered);
                case REOPEN -> reopen(directory, wanted, answered);
                case OVERLOAD -> overload(directory, answered);
                case LARGE -> large(directory, answered);
                case SHOP -> shop(directory, wanted, answered);
            }
        } catch (LateException late) {
            problem = String.valueOf(late.getMessage());
        } catch (IOException | RuntimeException thrown) {
            problem = EngineWorker.explain(thrown);
            wrong = thrown instanceof WrongAnswerException;
        }
        if (!problem.isEmpty()) {
            // What is found out at the end of a stage, such as a wrong byte, is about all of it.
            for (EngineWorkload workload : open.isEmpty() || wrong ? wanted : List.copyOf(open)) {
                done.accept(PhaseResult.problem(workload, problem));
            }
        }
        PathUtils.deleteDirectory(directory);
    }

    private Path newDirectory(String name) throws IOException {
        return Files.createDirectories(Path.of(task.directory()).resolve(directories++ + "-" + name));
    }

    private IntUnaryOperator randomOrder() {
        return new KeyOrder(task.size().records(), task.seed())::at;
    }

    private EngineSettings settings(Durability puts) {
        long data = (long) task.size().records() * Records.RECORD_BYTES;
        return new EngineSettings(task.size().cacheBytes(), DATA_SHARE_MAX * data, puts);
    }

    private LoadedStore open(Path directory, int records) throws IOException {
        return new LoadedStore(opened(directory), records, task.seed());
    }

    /** How a store is loaded: which record comes when, and how many are one commit. */
    private record Loading(IntUnaryOperator order, int batch) {}

    /** Something whose speed is measured. */
    private interface Phase {
        double run() throws IOException, LateException;
    }

    /** Measures {@code phase} between two calibrations. */
    private void measure(
            EngineWorkload workload, Map<Figure, Double> figures, Phase phase, Consumer<PhaseResult> answered)
            throws IOException, LateException {
        System.gc();
        double before = calibration.pace();
        double perSecond = phase.run();
        double after = calibration.pace();
        answered.accept(new PhaseResult(workload, perSecond, Math.min(before, after), figures, ""));
    }

    private void load(Path directory, EngineWorkload workload, Loading how, Consumer<PhaseResult> answered)
            throws IOException, LateException {
        try (LoadedStore store = open(directory, task.size().records())) {
            load(store, workload, how, answered);
        }
    }

    private void load(LoadedStore store, EngineWorkload workload, Loading how, Consumer<PhaseResult> answered)
            throws IOException, LateException {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        Phase phase = () -> {
            ProcessIo before = ProcessIo.now();
            EngineCounters ownBefore = store.engine().counters();
            double perSecond = store.fill(how.order(), how.batch(), loadNanosMax);
            EngineCounters own = store.engine().counters();
            put(figures, Figure.WRITE_AMPLIFICATION, ProcessIo.now().writtenSince(before) / store.dataBytes());
            put(figures, Figure.OWN_WRITE_AMPLIFICATION, own.writtenSince(ownBefore) / store.dataBytes());
            put(figures, Figure.FILE_TO_DATA, (double) own.fileBytes() / store.dataBytes());
            return perSecond;
        };
        measure(workload, figures, phase, task.workloads().contains(workload) ? answered : result -> {});
    }

    private static void put(Map<Figure, Double> figures, Figure figure, double value) {
        if (Double.isFinite(value)) {
            figures.put(figure, value);
        }
    }

    private void random(Path directory, Consumer<PhaseResult> answered) throws IOException, LateException {
        int records = task.size().records();
        try (LoadedStore store = open(directory, records)) {
            load(store, EngineWorkload.FILL_RANDOM, new Loading(randomOrder(), 1), answered);
            for (EngineWorkload workload : wanted(Stage.RANDOM)) {
                if (workload != EngineWorkload.FILL_RANDOM) {
                    measure(workload, Map.of(), () -> rate(store, workload, meter), answered);
                    store.engine().checkpoint();
                }
            }
            int unused = store.verify();
        }
    }

    private double rate(LoadedStore store, EngineWorkload workload, Meter clock) throws IOException, LateException {
        return switch (workload) {
            case OVERWRITE -> store.overwrite(task.size().records(), loadNanosMax);
            case READ_FRESH -> readFresh(store);
            case READ_RANDOM -> clock.rate(store.reads(), CALLS_AT_ONCE);
            case READ_RANDOM_2 -> clock.rate(List.of(store.reads(), store.reads()), CALLS_AT_ONCE);
            case READ_MISS -> clock.rate(store.misses(), CALLS_AT_ONCE);
            case SCAN_100 -> clock.rate(store.scans(), SCANS_AT_ONCE);
            case FULL_SCAN -> clock.rate(store.fullScans(), 1);
            case YCSB_A -> clock.rate(store.mix(YcsbMix.A), CALLS_AT_ONCE);
            case YCSB_B -> clock.rate(store.mix(YcsbMix.B), CALLS_AT_ONCE);
            case YCSB_C -> clock.rate(store.mix(YcsbMix.C), CALLS_AT_ONCE);
            case YCSB_D -> clock.rate(store.latest(), CALLS_AT_ONCE);
            case YCSB_E -> clock.rate(store.mix(YcsbMix.E), SCANS_AT_ONCE);
            case YCSB_F -> clock.rate(store.mix(YcsbMix.F), CALLS_AT_ONCE);
            default -> throw new IllegalArgumentException(workload + " needs a store of its own");
        };
    }

    /** Without a warm-up, in which an engine would do what it has put off. */
    private double readFresh(LoadedStore store) throws IOException {
        store.update(task.size().records() / FRESH_SHARE);
        return new Meter(task.timing().withoutWarmUp()).rate(store.reads(), CALLS_AT_ONCE);
    }

    private void bulkLoad(Path directory, Consumer<PhaseResult> answered) throws IOException, LateException {
        int records = task.size().records();
        PreparedEntries entries = new PreparedEntries(records);
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        long bytes = (long) records * Records.RECORD_BYTES;
        figures.put(Figure.DISK_BYTES_PER_SECOND, DiskProbe.bytesPerSecond(directory, bytes));
        try (LoadedStore store = new LoadedStore(engines.get(), records, task.seed())) {
            Phase phase = () -> {
                ProcessIo before = ProcessIo.now();
                long start = System.nanoTime();
                store.engine().bulkLoad(directory, settings(Durability.BUFFERED), entries);
                double seconds = (System.nanoTime() - start) / 1e9;
                put(figures, Figure.WRITE_AMPLIFICATION, ProcessIo.now().writtenSince(before) / bytes);
                double fileBytes = store.engine().counters().fileBytes();
                put(figures, Figure.FILE_BYTES_PER_SECOND, fileBytes / seconds);
                put(figures, Figure.FILE_TO_DATA, fileBytes / bytes);
                return records / seconds;
            };
            measure(EngineWorkload.BULK_LOAD, figures, phase, answered);
            int unused = store.verify();
        }
    }

    private void durable(Path directory, List<EngineWorkload> wanted, Consumer<PhaseResult> answered)
            throws IOException, LateException {
        try (PeerEngine engine = engines.get()) {
            engine.open(directory, settings(Durability.SYNCED));
            DurablePuts puts = new DurablePuts(engine, task.seed());
            for (EngineWorkload workload : wanted) {
                int threads = workload == EngineWorkload.DURABLE_PUT ? 1 : THREADS_DURABLE;
                measure(workload, Map.of(), () -> meter.rate(puts.works(threads), 1), answered);
            }
            puts.verify();
        }
    }

    private void transactions(Path directory, List<EngineWorkload> wanted, Consumer<PhaseResult> answered)
            throws IOException, LateException {
        try (TransactionMix mix = transactions(directory, task.size().records())) {
            for (EngineWorkload workload : wanted) {
                measure(workload, Map.of(), () -> rate(mix, workload, meter), answered);
                mix.engine().checkpoint();
            }
            mix.verify();
        }
    }

    private TransactionMix transactions(Path directory, int records) throws IOException, LateException {
        if (!(engines.get() instanceof TransactionalEngine engine)) {
            throw new IOException("has no transactions");
        }
        engine.open(directory, settings(Durability.BUFFERED));
        TransactionMix mix = new TransactionMix(engine, records, task.seed());
        mix.fill(loadNanosMax);
        return mix;
    }

    private static double rate(TransactionMix mix, EngineWorkload workload, Meter clock) throws IOException {
        int threads = switch (workload) {
            case TRANSACTIONS -> 1;
            case TRANSACTIONS_2 -> 2;
            default -> THREADS_TRANSACTIONS;
        };
        return clock.rate(mix.works(threads), CALLS_AT_ONCE);
    }

    private Reopening reopening(int records) {
        Contents contents = new Contents(Math.max(1, records / REOPEN_SHARE), task.seed());
        return new Reopening(engines, settings(Durability.BUFFERED), contents);
    }

    private void reopen(Path directory, List<EngineWorkload> wanted, Consumer<PhaseResult> answered)
            throws IOException, LateException {
        Reopening reopening = reopening(task.size().records());
        for (EngineWorkload workload : wanted) {
            Path place = Files.createDirectories(directory.resolve(workload.id()));
            if (workload == EngineWorkload.REOPEN_KILL) {
                reopening.leaveKilled(place);
            } else {
                reopening.leaveClosed(place);
            }
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            measure(workload, figures, () -> reopening.reopen(place, figures), answered);
        }
    }

    /** With a quarter of the cache, so that it does not take long until an engine has to write out what it has collected. */
    private void overload(Path directory, Consumer<PhaseResult> answered) throws IOException, LateException {
        int records = task.size().records();
        EngineSettings all = settings(Durability.BUFFERED);
        PeerEngine engine = engines.get();
        engine.open(directory, new EngineSettings(all.cacheBytes() / OVERLOAD_SHARE, all.dataBytes(), all.puts()));
        try (LoadedStore store = new LoadedStore(engine, records, task.seed())) {
            double unused = store.fill(randomOrder(), BATCH, loadNanosMax);
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            figures.put(Figure.MICROS_SYNC, DiskProbe.syncNanos(Path.of(task.directory())) / NANOS_A_MICRO);
            Phase phase = () -> {
                Overload puts = new Overload(store.updates());
                double perSecond = puts.run(OVERLOAD_FACTOR * records, loadNanosMax);
                Overload.figures(List.of(puts)).forEach((figure, value) -> put(figures, figure, value));
                return perSecond;
            };
            measure(EngineWorkload.OVERLOAD, figures, phase, answered);
            store.engine().checkpoint();
            int unusedCount = store.verify();
        }
    }

    private void large(Path directory, Consumer<PhaseResult> answered) throws IOException, LateException {
        try (LoadedStore store = open(directory, task.size().records())) {
            load(store, EngineWorkload.LARGE_LOAD, new Loading(randomOrder(), LARGE_BATCH), answered);
            if (task.workloads().contains(EngineWorkload.LARGE_READ)) {
                Map<Figure, Double> figures = new EnumMap<>(Figure.class);
                Phase phase = () -> readLarge(store, figures);
                measure(EngineWorkload.LARGE_READ, figures, phase, answered);
            }
            int unused = store.verify();
        }
    }

    private double readLarge(LoadedStore store, Map<Figure, Double> figures) throws IOException {
        long[] gets = {0};
        Meter.Work reads = store.reads();
        ProcessIo before = ProcessIo.now();
        long pagesBefore = store.engine().counters().pageReads();
        double perSecond = meter.rate(
                calls -> {
                    gets[0] += calls;
                    return reads.run(calls);
                },
                CALLS_AT_ONCE);
        long pagesAfter = store.engine().counters().pageReads();
        double pages = pagesAfter < 0 ? ProcessIo.now().readsSince(before) : pagesAfter - pagesBefore;
        put(figures, Figure.PAGE_READS_PER_GET, pages / gets[0]);
        return perSecond;
    }

    private void shop(Path directory, List<EngineWorkload> wanted, Consumer<PhaseResult> answered)
            throws IOException, LateException {
        try (ShopMix shop = new ShopMix(opened(directory), task.size().records(), task.seed())) {
            Map<Figure, Double> loaded = new EnumMap<>(Figure.class);
            Phase load = () -> shop.counted(() -> shop.fill(LARGE_BATCH, loadNanosMax), loaded);
            measure(
                    EngineWorkload.SHOP_LOAD,
                    loaded,
                    load,
                    wanted.contains(EngineWorkload.SHOP_LOAD) ? answered : result -> {});
            for (EngineWorkload workload : wanted) {
                if (workload != EngineWorkload.SHOP_LOAD) {
                    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
                    Phase phase = () -> shop.counted(() -> shop.run(workload, loadNanosMax, figures), figures);
                    measure(workload, figures, phase, answered);
                }
            }
            shop.verify();
        }
    }

    private PeerEngine opened(Path directory) throws IOException {
        PeerEngine engine = engines.get();
        engine.open(directory, settings(Durability.BUFFERED));
        return engine;
    }

    private void warmUpShop(int records) throws IOException, LateException {
        Path directory = newDirectory("warm-up-shop");
        try (ShopMix shop = new ShopMix(opened(directory), records, task.seed())) {
            double unused = shop.fill(LARGE_BATCH, loadNanosMax);
            for (EngineWorkload workload : wanted(Stage.SHOP)) {
                if (workload != EngineWorkload.SHOP_LOAD) {
                    unused = shop.run(workload, loadNanosMax, new EnumMap<>(Figure.class));
                }
            }
            shop.verify();
        }
        PathUtils.deleteDirectory(directory);
    }

    /** Everything once on a small store, so that what is measured later is compiled. */
    private void warmUp() throws IOException, LateException {
        int records = Math.max(1, Math.min(WARM_UP_RECORDS_MAX, task.size().records() / WARM_UP_SHARE));
        boolean singly = Stream.of(Stage.RANDOM, Stage.SEQUENTIAL, Stage.OVERLOAD)
                .anyMatch(stage -> !wanted(stage).isEmpty());
        if (singly) {
            warmUp(records, 1, wanted(Stage.RANDOM));
        }
        if (!wanted(Stage.LARGE).isEmpty() || !wanted(Stage.BATCHES).isEmpty()) {
            warmUp(records, LARGE_BATCH, wanted(Stage.LARGE));
        }
        if (!wanted(Stage.SHOP).isEmpty()) {
            warmUpShop(records);
        }
        if (!wanted(Stage.BULK).isEmpty()) {
            warmUpBulkLoad(records);
        }
        if (!wanted(Stage.TRANSACTIONS).isEmpty() && engines.get() instanceof TransactionalEngine) {
            warmUpTransactions(records);
        }
        if (!wanted(Stage.REOPEN).isEmpty()) {
            warmUpReopening(records);
        }
    }

    private void warmUp(int records, int batch, List<EngineWorkload> workloads) throws IOException, LateException {
        Path directory = newDirectory("warm-up");
        try (LoadedStore store = open(directory, records)) {
            double unused = store.fill(new KeyOrder(records, task.seed())::at, batch, loadNanosMax);
            for (EngineWorkload workload : workloads) {
                switch (workload) {
                    case FILL_RANDOM, LARGE_LOAD -> {}
                    case OVERWRITE -> unused = store.overwrite(records, loadNanosMax);
                    case LARGE_READ -> unused = warmUpMeter.rate(store.reads(), CALLS_AT_ONCE);
                    default -> unused = rate(store, workload, warmUpMeter);
                }
            }
            unused = store.verify();
        }
        PathUtils.deleteDirectory(directory);
    }

    private void warmUpBulkLoad(int records) throws IOException {
        for (int i = 0; i < 2; i++) {
            Path directory = newDirectory("warm-up-bulk");
            try (PeerEngine engine = engines.get()) {
                engine.bulkLoad(directory, settings(Durability.BUFFERED), new PreparedEntries(records));
            }
            PathUtils.deleteDirectory(directory);
        }
    }

    private void warmUpTransactions(int records) throws IOException, LateException {
        Path directory = newDirectory("warm-up-transactions");
        try (TransactionMix mix = transactions(directory, records)) {
            double unused = rate(mix, EngineWorkload.TRANSACTIONS, warmUpMeter);
            unused = rate(mix, EngineWorkload.TRANSACTIONS_2, warmUpMeter);
            mix.verify();
        }
        PathUtils.deleteDirectory(directory);
    }

    private void warmUpReopening(int records) throws IOException {
        Reopening reopening = reopening(records);
        for (int i = 0; i < 2; i++) {
            Path directory = newDirectory("warm-up-reopen");
            reopening.leaveClosed(directory);
            double unused = reopening.reopen(directory, new EnumMap<>(Figure.class));
            PathUtils.deleteDirectory(directory);
        }
    }
}
