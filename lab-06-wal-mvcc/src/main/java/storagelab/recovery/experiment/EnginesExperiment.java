package storagelab.recovery.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.compaction.LeveledPicker;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Numbers;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.file.FileMetrics;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.wal.experiment.Accounts;

/**
 * The same loads on both engines behind the same log, each with memory for about a tenth of the accounts: what the engine writes for
 * each byte of keys and values, how much it reads, and how large its files are.
 */
public final class EnginesExperiment implements Experiment {
    private static final int COMMIT_CHANGES = 10;
    private static final int SCAN_ENTRIES = 100;
    private static final double KIB = 1024;
    private static final double NANOS_PER_MICRO = 1e3;

    /** For the service loader. */
    public EnginesExperiment() {}

    @Override
    public String id() {
        return "6.engines";
    }

    @Override
    public String question() {
        return "Which loads favour which engine?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Accounts at random places are changed, in a B+tree and in an LSM tree that have memory for a tenth of them, behind "
                        + "the same log. How many times as many bytes does the B+tree write to its files, checkpoints and merges "
                        + "included?",
                "times as many");
    }

    /** What is done to the store; all of it at random places. */
    private enum Load {
        FILL("put, new keys"),
        UPDATE("put, keys that exist"),
        GET("get"),
        MISS("get, no such key"),
        SCAN("scan of " + SCAN_ENTRIES);

        private final String words;

        Load(String words) {
            this.words = words;
        }

        private boolean isWrite() {
            return this == FILL || this == UPDATE;
        }
    }

    /** What a load has cost. */
    private record Cost(
            EngineKind engine, Load load, int operations, long written, long read, long fileBytes, long nanos) {
        double writtenPerByte() {
            return (double) written / operations / Accounts.ENTRY_BYTES;
        }

        double kibibytesPerOperation() {
            return read / KIB / operations;
        }

        double micros() {
            return nanos / NANOS_PER_MICRO / operations;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Cost> measured = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            Path directory = context.directory().resolve(engine.name());
            try (DurableStore store = DurableStore.open(directory, options(context, engine))) {
                for (Load load : Load.values()) {
                    context.progress(name(engine) + ": " + load.words, measured.size() / (2.0 * Load.values().length));
                    measured.add(measure(context, store, directory, new Run(engine, load, accounts(context))));
                }
            }
        }
        double answer = of(measured, EngineKind.BTREE, Load.UPDATE).writtenPerByte()
                / of(measured, EngineKind.LSM, Load.UPDATE).writtenPerByte();
        return new ExperimentResult(
                table(measured, accounts(context)), plots(measured), answer, observation(measured, accounts(context)));
    }

    private static String name(EngineKind engine) {
        return engine == EngineKind.BTREE ? "B+tree" : "LSM tree";
    }

    private static int accounts(ExperimentContext context) {
        return context.pick(100_000, 20_000);
    }

    private static DurableOptions options(ExperimentContext context, EngineKind engine) {
        int memory = accounts(context) * Accounts.ENTRY_BYTES / 10;
        return DurableOptions.defaults(engine)
                .withCheckpointLogBytes(Long.MAX_VALUE)
                .withBtree(BTreeOptions.defaults()
                        .withPoolBytes(Math.max(memory, 64 * 4096))
                        .withCheckpointBytes(Long.MAX_VALUE))
                .withLsm(LsmOptions.defaults()
                        .withMemtableBytes(memory / 2)
                        .withTableBytes(memory / 2)
                        .withCacheBytes(memory / 2)
                        .withPicker(new LeveledPicker(4, memory, 10))
                        .withFileAccess(FileAccess.CHANNEL) // so that reads are counted
                        .withMaintenance(MaintenanceKind.FOREGROUND));
    }

    /** A load on an engine that has so many accounts. */
    private record Run(EngineKind engine, Load load, int accounts) {}

    private static Cost measure(ExperimentContext context, DurableStore store, Path directory, Run run)
            throws IOException {
        SplittableRandom random = new SplittableRandom(context.seed() + run.load.ordinal());
        int operations = run.load.isWrite() ? run.accounts : run.accounts / 10;
        long writtenBefore = store.engine().stats().get(FileMetrics.BYTES_WRITTEN);
        long readBefore = store.engine().stats().get(FileMetrics.BYTES_READ);
        long nanos = new Stopwatch(context).nanos(() -> {
            switch (run.load) {
                case FILL -> put(store, Numbers.shuffled(run.accounts, random), random);
                case UPDATE ->
                    put(store, random.ints(run.accounts, 0, run.accounts).toArray(), random);
                default -> read(store, run, operations, random);
            }
        });
        return new Cost(
                run.engine,
                run.load,
                operations,
                store.engine().stats().get(FileMetrics.BYTES_WRITTEN) - writtenBefore,
                store.engine().stats().get(FileMetrics.BYTES_READ) - readBefore,
                fileBytes(directory.resolve(run.engine == EngineKind.BTREE ? "btree" : "lsm")),
                nanos);
    }

    /** Puts accounts, with a checkpoint after each tenth of them. Only even numbers are there. */
    private static void put(DurableStore store, int[] numbers, SplittableRandom random) {
        for (int from = 0; from < numbers.length; from += COMMIT_CHANGES) {
            WriteBatch batch = new WriteBatch();
            for (int i = from; i < from + COMMIT_CHANGES; i++) {
                batch.put(Accounts.key(2L * numbers[i]), Accounts.value(random));
            }
            store.write(batch, Durability.BUFFERED);
            if ((from + COMMIT_CHANGES) % (numbers.length / 10) == 0) {
                store.checkpoint();
            }
        }
    }

    private static void read(DurableStore store, Run run, int operations, SplittableRandom random) {
        int found = 0;
        for (int i = 0; i < operations; i++) {
            long number = 2L * random.nextInt(run.accounts);
            switch (run.load) {
                case GET -> found += store.get(Accounts.key(number)).isPresent() ? 1 : 0;
                case MISS -> found += store.get(Accounts.key(number + 1)).isPresent() ? 0 : 1;
                default -> {
                    try (Cursor cursor = store.cursor(KeyRange.from(Accounts.key(number)))) {
                        cursor.seekToFirst();
                        for (int entry = 1; entry < SCAN_ENTRIES && cursor.isValid(); entry++) {
                            cursor.next();
                        }
                        found++;
                    }
                }
            }
        }
        if (found != operations) {
            throw new AssertionError(run.load.words + " was right " + found + " times of " + operations);
        }
    }

    private static long fileBytes(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static ResultTable table(List<Cost> measured, int accounts) {
        ResultTable.Builder table = ResultTable.builder()
                .column("engine")
                .column("operation")
                .column("operations")
                .column("written a byte", "bytes")
                .column("read an operation", "KiB")
                .column("files / live data")
                .column("time an operation", "µs");
        for (Cost one : measured) {
            table.row(
                    name(one.engine),
                    one.load.words,
                    one.operations,
                    one.load.isWrite() ? one.writtenPerByte() : 0.0,
                    one.kibibytesPerOperation(),
                    (double) one.fileBytes / accounts / Accounts.ENTRY_BYTES,
                    one.micros());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Cost> measured) {
        return List.of(
                bars(measured, "What the engine writes for a byte", "bytes", List.of(Load.FILL, Load.UPDATE)),
                bars(measured, "What the engine reads", "KiB", List.of(Load.values())));
    }

    private static Plot bars(List<Cost> measured, String title, String unit, List<Load> loads) {
        boolean isWrite = loads.stream().allMatch(Load::isWrite);
        List<Plot.Group> groups = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            groups.add(new Plot.Group(
                    name(engine),
                    loads.stream()
                            .map(load -> of(measured, engine, load))
                            .map(one -> isWrite ? one.writtenPerByte() : one.kibibytesPerOperation())
                            .toList()));
        }
        return new Plot.Bars(
                title,
                loads.stream().map(load -> load.words).toList(),
                Axis.linear(isWrite ? "written" : "read an operation", unit),
                groups);
    }

    private static Cost of(List<Cost> measured, EngineKind engine, Load load) {
        return measured.stream()
                .filter(one -> one.engine == engine && one.load == load)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Cost> measured, int accounts) {
        List<String> sentences = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            double space = (double) of(measured, engine, Load.UPDATE).fileBytes / accounts / Accounts.ENTRY_BYTES;
            sentences.add("the " + name(engine) + " wrote "
                    + Quantity.number(of(measured, engine, Load.UPDATE).writtenPerByte())
                    + " bytes for each byte of an update, read "
                    + Quantity.number(of(measured, engine, Load.GET).kibibytesPerOperation()) + " KiB for a get, "
                    + Quantity.number(of(measured, engine, Load.MISS).kibibytesPerOperation())
                    + " KiB for one that finds nothing, and "
                    + Quantity.number(of(measured, engine, Load.SCAN).kibibytesPerOperation()) + " KiB for a scan of "
                    + SCAN_ENTRIES
                    + " entries, and its files were " + Quantity.number(space) + " times the live data");
        }
        return "With memory for a tenth of the accounts, " + String.join("; ", sentences) + ".";
    }
}
