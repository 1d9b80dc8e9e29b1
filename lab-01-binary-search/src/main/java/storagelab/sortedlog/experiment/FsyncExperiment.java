package storagelab.sortedlog.experiment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.file.StatsRecorder;
import storagelab.sortedlog.RecordLog;

/**
 * When is a write done? Four answers, what each loses when the process dies and when the power fails, and what each
 * costs. What is lost is found on the simulated disk, the same in every run; what it costs is measured on the real one.
 */
public final class FsyncExperiment implements Experiment {
    private static final int PROGRAM_BUFFER = 64;
    private static final int SYNC_EVERY = 32;
    private static final int VALUE_BYTES = 100;
    private static final int RECORD_BYTES = record(0).length();
    private static final int WRITES_MAX = 500;
    private static final int ROUNDS = 5;
    private static final double MICRO_NANOS = 1e3;

    /** For the service loader. */
    public FsyncExperiment() {}

    @Override
    public String id() {
        return "1.fsync";
    }

    @Override
    public String question() {
        return "Which acknowledged writes does a crash lose, and what does it cost to lose none?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A write is acknowledged when the operating system has it, or only when the disk has it. How many times "
                        + "as long does the second take?",
                "times as long");
    }

    /** When a write is acknowledged. */
    private enum Promise {
        PROGRAM("in the program's buffer", 40_000),
        SYSTEM("handed to the OS (flush)", 40_000),
        NOW_AND_THEN("flush, fsync every " + SYNC_EVERY, 4_000),
        DISK("on disk (fsync each)", 400);

        private final String words;
        private final int timedWrites;

        Promise(String words, int timedWrites) {
            this.words = words;
            this.timedWrites = timedWrites;
        }
    }

    /** A log that keeps a promise; a write is acknowledged when {@link #write} returns. */
    private static final class PromisingLog {
        private final RecordLog log;
        private final Promise promise;
        private final ByteWriter buffer = new ByteWriter(PROGRAM_BUFFER * RECORD_BYTES);
        private int writes;

        PromisingLog(Path file, Promise promise) {
            this.log = RecordLog.create(file, new StatsRecorder());
            this.promise = promise;
        }

        void write(Slice record) {
            writes++;
            switch (promise) {
                case PROGRAM -> {
                    buffer.putBytes(record);
                    if (writes % PROGRAM_BUFFER == 0) {
                        log.append(buffer.toSlice());
                        buffer.clear();
                    }
                }
                case SYSTEM -> log.append(record);
                case NOW_AND_THEN -> {
                    log.append(record);
                    if (writes % SYNC_EVERY == 0) {
                        log.sync();
                    }
                }
                case DISK -> {
                    log.append(record);
                    log.sync();
                }
            }
        }
    }

    /** Acknowledged writes that were lost, over several crashes. */
    private record Losses(double killMean, double powerMean, int powerMax) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        ResultTable.Builder table = ResultTable.builder()
                .column("acknowledged when")
                .column("lost when the process dies", "mean")
                .column("lost in a power cut", "mean")
                .column("lost in a power cut", "worst")
                .column("time per write", "µs");
        time(context, Promise.SYSTEM); // thrown away: the JVM still interprets
        List<String> names = new ArrayList<>();
        Map<Promise, Double> killed = new EnumMap<>(Promise.class);
        Map<Promise, Double> unpowered = new EnumMap<>(Promise.class);
        Map<Promise, Double> micros = new EnumMap<>(Promise.class);
        for (Promise promise : Promise.values()) {
            context.progress(promise.words, names.size() / (double) Promise.values().length);
            Losses losses = crash(context, promise);
            double time = time(context, promise) / MICRO_NANOS;
            table.row(promise.words, losses.killMean(), losses.powerMean(), losses.powerMax(), time);
            names.add(promise.words);
            killed.put(promise, losses.killMean());
            unpowered.put(promise, losses.powerMean());
            micros.put(promise, time);
        }
        double factor = of(micros, Promise.DISK) / of(micros, Promise.SYSTEM);
        List<Plot> plots = List.of(
                new Plot.Bars(
                        "Acknowledged writes that a crash loses (simulated disk)",
                        names,
                        Axis.linear("lost writes", "mean of crashes"),
                        List.of(
                                new Plot.Group("process dies", List.copyOf(killed.values())),
                                new Plot.Group("power cut", List.copyOf(unpowered.values())))),
                new Plot.Bars(
                        "What a write costs (this disk)",
                        names,
                        Axis.logarithmic("time per write", "µs"),
                        List.of(new Plot.Group("time", List.copyOf(micros.values())))));
        return new ExperimentResult(table.build(), plots, factor, observation(killed, unpowered, micros, factor));
    }

    private static String observation(
            Map<Promise, Double> killed, Map<Promise, Double> unpowered, Map<Promise, Double> micros, double factor) {
        return "Writes that the operating system had survived the death of the process (lost: "
                + Quantity.number(of(killed, Promise.SYSTEM)) + ") and not a power cut (lost: "
                + Quantity.number(of(unpowered, Promise.SYSTEM)) + " on average, of up to " + WRITES_MAX
                + "); writes that were synced one by one survived both (lost: "
                + Quantity.number(of(unpowered, Promise.DISK))
                + ") and took " + Quantity.number(of(micros, Promise.DISK)) + " µs each on this disk instead of "
                + Quantity.number(of(micros, Promise.SYSTEM)) + ", " + Quantity.number(factor) + " times as long.";
    }

    private static double of(Map<Promise, Double> figures, Promise promise) {
        return figures.getOrDefault(promise, Double.NaN);
    }

    private static Losses crash(ExperimentContext context, Promise promise) throws IOException {
        int crashes = context.pick(200, 40);
        SplittableRandom random = new SplittableRandom(context.seed());
        long killLost = 0;
        long powerLost = 0;
        int powerMax = 0;
        for (int crash = 0; crash < crashes; crash++) {
            int acknowledged = random.nextInt(1, WRITES_MAX + 1);
            long survivalSeed = random.nextLong();
            CrashDisk disk = CrashDisk.create();
            PromisingLog log = new PromisingLog(disk.root().resolve("log"), promise);
            syncDirectory(disk.root());
            for (int i = 0; i < acknowledged; i++) {
                log.write(record(i));
            }
            killLost += acknowledged - survivors(disk.afterCrash(SurvivalMode.EVERYTHING, survivalSeed));
            powerLost += acknowledged - survivors(disk.afterCrash(SurvivalMode.RANDOM, survivalSeed));
            powerMax =
                    Math.max(powerMax, acknowledged - survivors(disk.afterCrash(SurvivalMode.NOTHING, survivalSeed)));
        }
        return new Losses(killLost / (double) crashes, powerLost / (double) crashes, powerMax);
    }

    /** How many records can be read back; each must be the one that was written in its place. */
    private static int survivors(CrashDisk disk) {
        List<Slice> records = new ArrayList<>();
        RecordLog.replay(disk.root().resolve("log"), payload -> {
            for (int from = 0; from < payload.length(); from += RECORD_BYTES) {
                records.add(payload.subSlice(from, from + RECORD_BYTES));
            }
        });
        for (int i = 0; i < records.size(); i++) {
            if (!records.get(i).equals(record(i))) {
                throw new AssertionError("record " + i + " came back as " + records.get(i));
            }
        }
        return records.size();
    }

    private static double time(ExperimentContext context, Promise promise) throws IOException {
        int writes = promise.timedWrites / context.pick(1, 4) / ROUNDS;
        Path file = context.directory().resolve(promise.name());
        PromisingLog log = new PromisingLog(file, promise);
        Slice record = record(0);
        long nanos = new Stopwatch(context).medianNanos(ROUNDS, () -> {
            for (int i = 0; i < writes; i++) {
                log.write(record);
            }
        });
        log.log.close();
        Files.delete(file);
        return nanos / (double) writes;
    }

    private static Slice record(int number) {
        return Slice.utf8(Workload.key(number) + "=" + "v".repeat(VALUE_BYTES));
    }

    private static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
