package storagelab.mvcc.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.MaintenanceKind;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Numbers;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.kv.CrashSafeStore;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.wal.experiment.Accounts;

/**
 * Every account is changed in each of several rounds, in random order, while no transaction, one, or one for each round stays
 * open. After each round: how many old values are kept in memory, and how large the engine's files are.
 */
public final class LongReaderExperiment implements Experiment {
    private static final int ROUNDS = 8;
    private static final int COMMIT_CHANGES = 20;
    private static final double MIB = 1 << 20;

    /** For the service loader. */
    public LongReaderExperiment() {}

    @Override
    public String id() {
        return "6.long-reader";
    }

    @Override
    public String question() {
        return "What does a transaction cost that stays open?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A transaction begins and stays open. Then each account of a store is changed " + ROUNDS
                        + " times. How many old values does the store over the B+tree keep for each account?",
                "values an account");
    }

    /** Which transactions stay open. */
    private enum Readers {
        NONE("none"),
        ONE("one"),
        ONE_A_ROUND("one a round");

        private final String words;

        Readers(String words) {
            this.words = words;
        }

        private boolean beginsIn(int round) {
            return this == ONE ? round == 0 : this == ONE_A_ROUND;
        }
    }

    /** What is kept after a round, with {@code open} transactions. */
    private record Kept(
            EngineKind engine, Readers readers, int round, int open, long versions, long fileBytes, long liveBytes) {
        double versionBytes() {
            return (double) versions * Accounts.ENTRY_BYTES;
        }

        double versionMebibytes() {
            return versionBytes() / MIB;
        }

        double fileMebibytes() {
            return fileBytes / MIB;
        }

        double amplification() {
            return (fileBytes + versionBytes()) / liveBytes;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Kept> measured = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            for (Readers readers : Readers.values()) {
                context.progress(name(engine, readers), measured.size() / (6.0 * (ROUNDS + 1)));
                measured.addAll(rounds(context, engine, readers));
            }
        }
        Kept last = of(measured, EngineKind.BTREE, Readers.ONE, ROUNDS);
        double answer = last.versionBytes() / last.liveBytes;
        return new ExperimentResult(table(measured), plots(measured), answer, observation(measured));
    }

    private static String name(EngineKind engine, Readers readers) {
        String words = engine == EngineKind.BTREE ? "B+tree" : "LSM tree";
        return words + ", " + readers.words;
    }

    private static int accounts(ExperimentContext context) {
        return context.pick(20_000, 2_000);
    }

    private static List<Kept> rounds(ExperimentContext context, EngineKind engine, Readers readers) throws IOException {
        int accounts = accounts(context);
        SplittableRandom random = new SplittableRandom(context.seed());
        Path directory = context.directory().resolve(engine + "-" + readers);
        List<Transaction> open = new ArrayList<>();
        List<Kept> kept = new ArrayList<>();
        try (CrashSafeStore store = CrashSafeStore.open(directory, options(context, engine))) {
            changeAll(store, accounts, random);
            for (int round = 0; round < ROUNDS; round++) {
                if (readers.beginsIn(round)) {
                    open.add(store.begin(Isolation.SNAPSHOT));
                }
                changeAll(store, accounts, random);
                kept.add(measure(store, directory, new Moment(engine, readers, round + 1, open.size(), accounts)));
            }
            open.forEach(Transaction::close);
            changeAll(store, accounts, random); // what nothing needs any more goes with what is written next
            kept.add(measure(store, directory, new Moment(engine, readers, ROUNDS + 1, 0, accounts)));
        } finally {
            open.forEach(Transaction::close);
        }
        return kept;
    }

    /** When something is measured. */
    private record Moment(EngineKind engine, Readers readers, int round, int open, int accounts) {}

    private static Kept measure(CrashSafeStore store, Path directory, Moment now) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory.resolve(now.engine == EngineKind.BTREE ? "btree" : "lsm"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
        }
        long live = (long) now.accounts * Accounts.ENTRY_BYTES;
        return new Kept(now.engine, now.readers, now.round, now.open, store.versions(), bytes, live);
    }

    private static DurableOptions options(ExperimentContext context, EngineKind engine) {
        int memtable = accounts(context) * Accounts.ENTRY_BYTES / 4;
        return DurableOptions.defaults(engine)
                .withCheckpointLogBytes(Long.MAX_VALUE)
                .withBtree(BTreeOptions.defaults().withCheckpointBytes(Long.MAX_VALUE))
                .withLsm(LsmOptions.defaults()
                        .withMemtableBytes(memtable)
                        .withTableBytes(memtable)
                        .withMaintenance(MaintenanceKind.FOREGROUND));
    }

    /** Changes every account once, in random order, and makes the engine write it. */
    private static void changeAll(CrashSafeStore store, int accounts, SplittableRandom random) {
        int[] numbers = Numbers.shuffled(accounts, random);
        for (int from = 0; from < accounts; from += COMMIT_CHANGES) {
            WriteBatch batch = new WriteBatch();
            for (int i = from; i < from + COMMIT_CHANGES; i++) {
                batch.put(Accounts.key(numbers[i]), Accounts.value(random));
            }
            store.write(batch, Durability.BUFFERED);
        }
        store.checkpoint();
    }

    private static ResultTable table(List<Kept> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("engine, transactions")
                .column("round")
                .column("open")
                .column("old values in memory")
                .column("in memory", "MiB")
                .column("files", "MiB")
                .column("all / live data");
        for (Kept one : measured) {
            table.row(
                    name(one.engine, one.readers),
                    one.round,
                    one.open,
                    one.versions,
                    one.versionMebibytes(),
                    one.fileMebibytes(),
                    one.amplification());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Kept> measured) {
        Axis rounds = Axis.linear("rounds; before the last one all transactions end", "");
        List<Plot.Series> memory = new ArrayList<>();
        List<Plot.Series> files = new ArrayList<>();
        for (Readers readers : Readers.values()) {
            memory.add(series(measured, EngineKind.BTREE, readers, Kept::versions));
            if (readers != Readers.NONE) {
                files.add(series(measured, EngineKind.BTREE, readers, Kept::fileMebibytes));
            }
            files.add(series(measured, EngineKind.LSM, readers, Kept::fileMebibytes));
        }
        return List.of(
                new Plot.Curves("Old values in memory", rounds, Axis.linear("old values", ""), memory),
                new Plot.Curves("Files of the engine", rounds, Axis.linear("files", "MiB"), files));
    }

    private static Plot.Series series(
            List<Kept> measured, EngineKind engine, Readers readers, ToDoubleFunction<Kept> figure) {
        String tree = engine == EngineKind.BTREE ? "B+tree, " : "LSM, ";
        Plot.SeriesBuilder points = Plot.Series.named(tree + readers.words);
        measured.stream()
                .filter(one -> one.engine == engine && one.readers == readers)
                .forEach(one -> points.add(one.round, figure.applyAsDouble(one)));
        return points.as(Style.MARKS_AND_LINE);
    }

    private static Kept of(List<Kept> measured, EngineKind engine, Readers readers, int round) {
        return measured.stream()
                .filter(one -> one.engine == engine && one.readers == readers && one.round == round)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Kept> measured) {
        Kept none = of(measured, EngineKind.LSM, Readers.NONE, ROUNDS);
        Kept tree = of(measured, EngineKind.BTREE, Readers.ONE, ROUNDS);
        Kept lsm = of(measured, EngineKind.LSM, Readers.ONE, ROUNDS);
        Kept many = of(measured, EngineKind.BTREE, Readers.ONE_A_ROUND, ROUNDS);
        Kept manyLsm = of(measured, EngineKind.LSM, Readers.ONE_A_ROUND, ROUNDS);
        return "After " + ROUNDS + " rounds with one transaction open, the store over the B+tree kept "
                + Quantity.number(tree.versions) + " old values, " + Quantity.bytes(tree.versionBytes())
                + " of memory, as many as after the first round: one for each account, which the transaction reads. The LSM "
                + "tree had " + Quantity.bytes(lsm.fileBytes) + " of files instead of " + Quantity.bytes(none.fileBytes)
                + ": its merges know the oldest transaction only, and keep every value that is newer. With a transaction for "
                + "each round, the B+tree kept " + Quantity.bytes(many.versionBytes())
                + " in memory, and the LSM tree had "
                + Quantity.bytes(manyLsm.fileBytes) + " of files. When all had ended, the memory was free at once.";
    }
}
