package storagelab.kin.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
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
import storagelab.kin.Replica;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.wal.WalOptions;

/**
 * A replica that was away while the source was written to. Counted are the bytes that it has to be sent: the changes of the
 * log, or a new backup.
 */
public final class ReplicaExperiment implements Experiment {
    private static final int VALUE_BYTES = 100;
    private static final List<Double> MISSED = List.of(0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0); // updates for each entry
    private static final int BATCH = 50;
    private static final long RETAINED_BYTES = 256 << 20;

    /** For the service loader. */
    public ReplicaExperiment() {}

    @Override
    public String id() {
        return "7.replica";
    }

    @Override
    public String question() {
        return "When is a new copy cheaper than the log?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A store on a B+tree has 10,000 entries of about 110 bytes. They were put in random order. A replica was away, and any entries were changed meanwhile. After how "
                        + "many changes are the changes in the log more bytes than a backup?",
                "changes");
    }

    /** What a replica that has missed so many changes is sent. */
    private record Measured(int missed, long logBytes, long backupBytes) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        int entries = context.pick(10_000, 2_000);
        SplittableRandom random = new SplittableRandom(context.seed());
        List<Measured> all = new ArrayList<>();
        DurableOptions options = DurableOptions.defaults(EngineKind.BTREE)
                .withRetainedLogBytes(RETAINED_BYTES)
                .withLog(WalOptions.defaults());
        Path directory = context.directory();
        try (CrashSafeStore source = CrashSafeStore.open(directory.resolve("source"), options);
                CrashSafeStore copy = CrashSafeStore.open(directory.resolve("copy"), options);
                Replica replica = new Replica(source, copy)) {
            write(source, Numbers.shuffled(entries, random), random);
            long unused = replica.catchUp();
            for (double times : MISSED) {
                context.progress("missing " + times + " changes for each entry", (double) all.size() / MISSED.size());
                int[] missed = random.ints((int) (times * entries), 0, entries).toArray();
                long sent = write(source, missed, random);
                source.checkpoint();
                Path backup = directory.resolve("backup-" + all.size());
                long sequence = source.backup(backup);
                if (replica.catchUp() != missed.length || copy.lastSequence() != sequence) {
                    throw new AssertionError("the copy is at " + copy.lastSequence() + ", the backup at " + sequence);
                }
                all.add(new Measured(missed.length, sent, sizeOf(backup)));
            }
        }
        double answer = crossover(all);
        return new ExperimentResult(table(entries, all), plots(all), answer, observation(entries, all, answer));
    }

    /** Puts new values; returns the bytes of keys and values. */
    private static long write(CrashSafeStore store, int[] numbers, SplittableRandom random) {
        long bytes = 0;
        byte[] value = new byte[VALUE_BYTES];
        for (int first = 0; first < numbers.length; first += BATCH) {
            WriteBatch batch = new WriteBatch();
            for (int i = first; i < Math.min(first + BATCH, numbers.length); i++) {
                random.nextBytes(value);
                Slice key = Numbers.decimalKey(Slice.utf8("item:00000"), numbers[i]);
                batch.put(key, Slice.copyOf(value));
                bytes += key.length() + value.length;
            }
            store.write(batch, Durability.SYNCED);
        }
        return bytes;
    }

    private static long sizeOf(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** The number of changes at which both are the same bytes, by the bytes of a change and the size of the last backup. */
    private static double crossover(List<Measured> all) {
        Measured last = all.get(all.size() - 1);
        return last.backupBytes / ((double) last.logBytes / last.missed);
    }

    private static ResultTable table(int entries, List<Measured> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("entries")
                .column("changes missed")
                .column("changes in the log", "bytes")
                .column("a backup", "bytes");
        all.forEach(one -> table.row(entries, one.missed, one.logBytes, one.backupBytes));
        return table.build();
    }

    private static List<Plot> plots(List<Measured> all) {
        Plot.SeriesBuilder log = Plot.Series.named("the changes of the log");
        Plot.SeriesBuilder backup = Plot.Series.named("a new backup");
        for (Measured one : all) {
            log.add(one.missed, (double) one.logBytes);
            backup.add(one.missed, (double) one.backupBytes);
        }
        return List.of(new Plot.Curves(
                "Bytes that a replica is sent",
                Axis.logarithmic("changes missed", ""),
                Axis.logarithmic("sent", "bytes"),
                List.of(log.as(Style.MARKS_AND_LINE), backup.as(Style.MARKS_AND_LINE))));
    }

    private static String observation(int entries, List<Measured> all, double answer) {
        Measured first = all.get(0);
        Measured last = all.get(all.size() - 1);
        return "A replica that has missed " + Quantity.number(first.missed) + " changes is sent "
                + Quantity.number((double) first.logBytes) + " bytes of the log, and a backup of "
                + Quantity.number(entries) + " entries is " + Quantity.number((double) first.backupBytes)
                + ". After " + Quantity.number(last.missed) + " changes it is "
                + Quantity.number((double) last.logBytes) + " and "
                + Quantity.number((double) last.backupBytes)
                + ": the log has every change of an entry, and a backup only the last. Both are the same at "
                + Quantity.number(answer) + " changes.";
    }
}
