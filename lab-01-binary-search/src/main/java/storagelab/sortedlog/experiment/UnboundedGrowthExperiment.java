package storagelab.sortedlog.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.TableListKind;
import storagelab.sortedlog.toy.ToyLog;

/** The same few keys are overwritten again and again: what it takes on disk, with and without compaction. */
public final class UnboundedGrowthExperiment implements Experiment {
    private static final int VALUE_BYTES = 100;
    private static final int ROUNDS = 32;
    private static final int STEPS_PER_ROUND = 4;
    private static final int COMPACTION_TRIGGER = 4;
    private static final long MEMTABLE_BYTES = 128 << 10;

    /** For the service loader. */
    public UnboundedGrowthExperiment() {}

    @Override
    public String id() {
        return "1.unbounded-growth";
    }

    @Override
    public String question() {
        return "How much disk does data need that is overwritten and never grows?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Every key is written " + ROUNDS
                        + " times. How many times the live data does a store that compacts need at "
                        + "its worst moment?",
                "times the live data");
    }

    /** Something that takes writes and lies in files. */
    private interface Target {
        void put(String key, String value);
    }

    /** One way to store the data: where its files are, and how large they were over time. */
    private record Contender(Path files, Target target, Plot.SeriesBuilder space) {
        double times(long liveBytes) throws IOException {
            return Workload.bytesBelow(files) / (double) liveBytes;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        Path toyFiles = Files.createDirectory(context.directory().resolve("toy"));
        Path keptFiles = Files.createDirectory(context.directory().resolve("kept"));
        Path mergedFiles = Files.createDirectory(context.directory().resolve("merged"));
        try (ToyLog toy = ToyLog.open(toyFiles.resolve("toy.log"), context.clock());
                SortedLogStore kept = open(keptFiles, SortedLogOptions.NO_COMPACTION);
                SortedLogStore merged = open(mergedFiles, COMPACTION_TRIGGER)) {
            return measure(
                    context,
                    List.of(
                            new Contender(toyFiles, toy::append, Plot.Series.named("toy log")),
                            new Contender(keptFiles, into(kept), Plot.Series.named("store that never merges")),
                            new Contender(mergedFiles, into(merged), Plot.Series.named("store that compacts"))));
        }
    }

    private static ExperimentResult measure(ExperimentContext context, List<Contender> contenders) throws IOException {
        ResultTable.Builder table =
                ResultTable.builder().column("times every key was written").column("live data", "KB");
        contenders.forEach(one -> table.column(one.space().name(), "times live"));
        table.column("store that compacts, peak until then", "times live");
        int keys = context.pick(4_000, 1_500);
        long liveBytes = (long) keys * (Workload.key(0).length() + VALUE_BYTES);
        SplittableRandom random = new SplittableRandom(context.seed());
        int steps = ROUNDS * STEPS_PER_ROUND;
        double peak = 0;
        for (int step = 1; step <= steps; step++) {
            context.progress("overwriting", step / (double) steps);
            writeShare(contenders, keys, step, random);
            double round = step / (double) STEPS_PER_ROUND;
            Object[] row = {round, liveBytes / 1e3, 0.0, 0.0, 0.0, 0.0};
            for (int i = 0; i < contenders.size(); i++) {
                double times = contenders.get(i).times(liveBytes);
                row[2 + i] = times;
                if (round >= 1) {
                    contenders.get(i).space().add(round, times);
                }
            }
            if (round >= 1) {
                peak = Math.max(peak, (double) row[4]);
                row[5] = peak;
            }
            if (round >= 1 && Integer.bitCount((int) round) == 1 && round == Math.rint(round)) {
                table.row(row);
            }
        }
        Plot plot = new Plot.Curves(
                "Space on disk while live data stays the same",
                Axis.linear("times that every key was written", ""),
                Axis.logarithmic("space on disk", "times the live data"),
                contenders.stream()
                        .map(one -> one.space().as(Style.MARKS_AND_LINE))
                        .toList());
        return new ExperimentResult(table.build(), List.of(plot), peak, observation(contenders, liveBytes, peak));
    }

    /** Writes one share of a round: every key of it once, spread over the key range. */
    private static void writeShare(List<Contender> contenders, int keys, int step, SplittableRandom random) {
        for (int number = step % STEPS_PER_ROUND; number < keys; number += STEPS_PER_ROUND) {
            String value = Workload.value(random, VALUE_BYTES);
            for (Contender contender : contenders) {
                contender.target().put(Workload.key(number), value);
            }
        }
    }

    private static String observation(List<Contender> contenders, long liveBytes, double peak) {
        List<Double> toy = contenders.get(0).space().y();
        List<Double> kept = contenders.get(1).space().y();
        return "After " + ROUNDS + " rounds over " + Quantity.bytes((double) liveBytes)
                + " of live data the toy's file was "
                + Quantity.number(toy.get(toy.size() - 1)) + " times that, and growing by the same amount every round; "
                + "tables that are never merged came to " + Quantity.number(kept.get(kept.size() - 1))
                + " times. The store that compacts needed at most " + Quantity.number(peak)
                + " times the live data at any moment.";
    }

    private static Target into(SortedLogStore store) {
        return (key, value) -> store.put(Slice.utf8(key), Slice.utf8(value));
    }

    private static SortedLogStore open(Path directory, int compactionTrigger) {
        return SortedLogStore.open(
                directory,
                SortedLogOptions.defaults()
                        .withMemtableBytes(MEMTABLE_BYTES)
                        .withTableList(TableListKind.EPHEMERAL)
                        .withMaintenance(MaintenanceKind.FOREGROUND)
                        .withCompactionTrigger(compactionTrigger));
    }
}
