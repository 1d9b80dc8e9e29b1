package storagelab.cost.experiment;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.StorageEngine;
import storagelab.api.StoreStats;
import storagelab.btree.BTreeStore;
import storagelab.cost.EngineSettings;
import storagelab.cost.HardwareProfile;
import storagelab.cost.Work;
import storagelab.file.FileMetrics;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmStore;
import storagelab.recovery.EngineKind;

/**
 * The work that a load has asked of an engine, as its counters say. Each round has a hundred requests: first those that write, then
 * those that read. So bytes that an LSM tree reads while it is written to are those of merges, and the others blocks of gets and
 * scans. No engine has a thread of its own, so that the same load is counted the same each time.
 */
public final class MeasuredLoad {
    private static final int ROUND = 100;
    private static final double NANOS_PER_MICRO = 1_000;

    private final Workload workload;
    private final HardwareProfile.Processor processor;
    private final StorageEngine engine;
    private final SplittableRandom random;
    private Work work = Work.NONE;
    private StoreStats before;
    private int depth; // of the tree

    private MeasuredLoad(Workload workload, HardwareProfile.Processor processor, StorageEngine engine, long seed) {
        this.workload = workload;
        this.processor = processor;
        this.engine = engine;
        this.random = new SplittableRandom(seed);
        this.before = engine.stats();
    }

    /**
     * How a load is measured.
     *
     * @param settings of the engine
     * @param profile what the processor takes for what was counted
     * @param warmUpRounds that do not count, after the store was filled
     * @param rounds that count
     * @param seed of keys and values
     * @param nanoTime the time
     */
    public record Plan(
            EngineSettings settings,
            HardwareProfile profile,
            int warmUpRounds,
            int rounds,
            long seed,
            LongSupplier nanoTime) {
        /** The requests that count. */
        public int requests() {
            return rounds * ROUND;
        }
    }

    /**
     * What was measured.
     *
     * @param work of all requests together
     * @param wallMicros how long they took
     */
    public record Measured(Work work, double wallMicros) {}

    /** Fills a store in {@code directory} in an order drawn by lot, gives it the load, and says what that has taken. */
    public static Measured measure(Path directory, EngineKind kind, Workload workload, Plan plan) {
        try (StorageEngine engine = open(directory, kind, plan.settings)) {
            MeasuredLoad measured = new MeasuredLoad(workload, plan.profile.processor(), engine, plan.seed);
            measured.fill();
            measured.overwrite();
            for (int round = 0; round < plan.warmUpRounds; round++) {
                measured.round();
            }
            measured.work = Work.NONE;
            long start = plan.nanoTime.getAsLong();
            for (int round = 0; round < plan.rounds; round++) {
                measured.round();
            }
            return new Measured(measured.work, (plan.nanoTime.getAsLong() - start) / NANOS_PER_MICRO);
        }
    }

    private static StorageEngine open(Path directory, EngineKind kind, EngineSettings settings) {
        return switch (kind) {
            case BTREE -> BTreeStore.open(directory, settings.btree());
            case LSM ->
                LsmStore.open(
                        directory,
                        settings.lsm()
                                .withFileAccess(FileAccess.CHANNEL)
                                .withMaintenance(MaintenanceKind.FOREGROUND)
                                .withoutLog());
        };
    }

    private void fill() {
        List<Integer> numbers = IntStream.range(0, workload.entries()).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, new Random(random.nextLong()));
        for (int number : numbers) {
            engine.put(workload.key(number), workload.value(random));
        }
        depth = engine instanceof BTreeStore tree ? tree.verify().depth() : 0;
        before = engine.stats();
    }

    /** Puts as many entries as a half of all, with the locality of the load: so the tables are where such puts leave them. */
    private void overwrite() {
        for (int i = 0; i < workload.entries() / 2; i++) {
            engine.put(workload.key(workload.number(random)), workload.value(random));
        }
        before = engine.stats();
    }

    private void round() {
        Workload.Mix mix = workload.mix();
        for (int i = 0; i < mix.puts(); i++) {
            engine.put(workload.key(workload.number(random)), workload.value(random));
        }
        count(true, mix.puts());
        long found = 0;
        for (int i = 0; i < mix.hits(); i++) {
            found += engine.get(workload.key(workload.number(random))).isPresent() ? 1 : 0;
        }
        for (int i = 0; i < mix.misses(); i++) {
            found += engine.get(workload.absentKey(workload.number(random))).isPresent() ? 1 : 0;
        }
        if (found != mix.hits()) {
            throw new AssertionError(found + " keys found, and not " + mix.hits());
        }
        for (int i = 0; i < mix.scans(); i++) {
            scan();
        }
        count(false, 0);
        work = work.plus(Work.computing(searched(mix)));
    }

    private void scan() {
        try (Cursor cursor = engine.cursor(KeyRange.all())) {
            cursor.seek(workload.key(workload.number(random)));
            long bytes = 0;
            for (int i = 0; i < workload.mix().scanEntries() && cursor.isValid(); i++) {
                bytes += cursor.value().length();
                cursor.next();
            }
            if (bytes % workload.valueBytes() != 0) {
                throw new AssertionError("values of " + bytes + " bytes together");
            }
        }
    }

    /** Adds what the counters have grown by since the last time. */
    private void count(boolean writing, int puts) {
        StoreStats now = engine.stats();
        double read = now.get(FileMetrics.BYTES_READ) - before.get(FileMetrics.BYTES_READ);
        double written = now.get(FileMetrics.BYTES_WRITTEN) - before.get(FileMetrics.BYTES_WRITTEN);
        double syncs = now.get(FileMetrics.SYNCS) - before.get(FileMetrics.SYNCS);
        double pages = written / Work.PAGE_BYTES;
        double blocks = read / Work.PAGE_BYTES;
        boolean isTree = engine instanceof BTreeStore;
        double entryBytes = workload.data().meanEntryBytes();
        double processorMicros = puts * processor.writeMicros()
                + written * processor.copyMicrosPerByte()
                + (isTree ? 0 : written / entryBytes * processor.entryMicros());
        work = work.plus(
                isTree
                        ? new Work(blocks, 0, pages, 0, syncs, processorMicros)
                        : new Work(writing ? 0 : blocks, writing ? read : 0, 0, written, syncs, processorMicros));
        before = now;
    }

    /** What looking for keys takes in a store that has the levels or runs that it has now. */
    private double searched(Workload.Mix mix) {
        double scanned = mix.scans() * mix.scanEntries() * processor.entryMicros();
        if (engine instanceof LsmStore lsm) {
            double runs = lsm.version().runs().size();
            return (mix.hits() + mix.misses()) * runs * processor.runMicros()
                    + mix.hits() * processor.blockMicros()
                    + mix.scans() * runs * processor.blockMicros()
                    + 2 * scanned;
        }
        return ROUND * depth * processor.levelMicros() + scanned;
    }
}
