package storagelab.tier.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.tier.MigratorOptions;
import storagelab.tier.MoveThrottle;

/** Prices move from an LSM tree to a B+tree, in steps of several sizes: counted is what this writes, what it takes of space, what requests see, and what crashes leave. */
public final class MigrationExperiment implements Experiment {
    private static final int KIB = 1_024;
    private static final List<Integer> PARTS = List.of(64, 16, 4, 1); // a step is the range divided by it
    private static final int PREDICTED = 16; // of PARTS
    private static final long STEP_MICROS = 10_000; // of the step clock
    private static final List<Integer> LIMITS_KIB = List.of(256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 65_536);

    /** For the service loader. */
    public MigrationExperiment() {}

    @Override
    public String id() {
        return "7.migration";
    }

    @Override
    public String question() {
        return "What does a move cost while the store is used?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "1 MiB of prices moves from an LSM tree to a B+tree, in steps of 64 KiB. After each step its copy is on the disk, and it is deleted from the LSM tree."
                        + " No requests come. How many bytes do both trees write, for each byte of keys and values that moves?",
                "bytes");
    }

    private record Measured(int part, MoveCosts costs) {
        MoveCosts.Quiet quiet() {
            return costs.quiet();
        }

        MoveCosts.Busy busy() {
            return costs.busy();
        }

        MoveCosts.Crashes crashes() {
            return costs.crashes();
        }

        double stepKib() {
            return (double) quiet().rangeBytes() / part / KIB;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        long bytes = (long) context.pick(1_024, 128) * KIB;
        List<Measured> all = new ArrayList<>();
        for (int part : PARTS) {
            long step = (bytes + part - 1) / part;
            context.progress("steps of " + Quantity.bytes(step), all.size() / (double) PARTS.size());
            all.add(new Measured(part, MoveCosts.measure(context.seed(), bytes, step)));
        }
        Measured predicted = all.get(PARTS.indexOf(PREDICTED));
        return new ExperimentResult(
                table(all), plots(all), predicted.quiet().writtenPerByte(), observation(all, predicted));
    }

    private static ResultTable table(List<Measured> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("a step", "KiB")
                .column("steps")
                .column("written", "bytes a byte")
                .column("on both tiers, at most", "KiB")
                .column("files grow by", "KiB")
                .column("gets")
                .column("not the newest value")
                .column("changes")
                .column("had to wait")
                .column("copied twice for them", "KiB")
                .column("crashes")
                .column("wrong keys")
                .column("left on the wrong tier, at most", "KiB")
                .column("copied again, at most", "KiB");
        for (Measured one : all) {
            table.row(
                    one.stepKib(),
                    one.quiet().steps(),
                    one.quiet().writtenPerByte(),
                    kib(one.quiet().onBoth()),
                    kib(one.quiet().fileBytesMax() - one.quiet().fileBytesBefore()),
                    one.busy().gets,
                    one.busy().stale,
                    one.busy().changes,
                    one.busy().held,
                    kib(one.busy().copiedTwice),
                    one.crashes().images,
                    one.crashes().wrongKeys,
                    kib(one.crashes().misplacedMax),
                    kib(one.crashes().copiedAgainMax));
        }
        return table.build();
    }

    private static double kib(long bytes) {
        return (double) bytes / KIB;
    }

    /** Seconds of a step clock that {@code bytes} take in steps, if each takes 10 ms and no more than {@code bytesPerSecond} are allowed. */
    private static double throttledSeconds(long bytes, long step, long bytesPerSecond) {
        long[] nanos = {0};
        MoveThrottle throttle = new MoveThrottle(
                MigratorOptions.defaults().withBytesPerSecond(bytesPerSecond).withNanoClock(() -> nanos[0]));
        for (long moved = 0; moved < bytes; moved += step) {
            nanos[0] += TimeUnit.MICROSECONDS.toNanos(STEP_MICROS);
            nanos[0] += throttle.waitNanos(step);
        }
        return (double) nanos[0] / TimeUnit.SECONDS.toNanos(1);
    }

    private static List<Plot> plots(List<Measured> all) {
        Plot.SeriesBuilder both = Plot.Series.named("on both, or copied again after a crash");
        Plot.SeriesBuilder again = Plot.Series.named("copied twice for changes");
        Plot.SeriesBuilder left = Plot.Series.named("left by a crash");
        Plot.SeriesBuilder written = Plot.Series.named("written");
        for (Measured one : all) {
            both.add(one.stepKib(), kib(one.quiet().onBoth()));
            if (one.busy().copiedTwice > 0) { // the axis is logarithmic
                again.add(one.stepKib(), kib(one.busy().copiedTwice));
            }
            left.add(one.stepKib(), kib(one.crashes().misplacedMax));
            written.add(one.stepKib(), one.quiet().writtenPerByte());
        }
        Plot.SeriesBuilder moved = Plot.Series.named("moved");
        Plot.SeriesBuilder limit = Plot.Series.named("limit");
        long range = 1_024 * KIB;
        for (int limitKib : LIMITS_KIB) {
            moved.add(limitKib, kib(range) / throttledSeconds(range, range / PREDICTED, (long) limitKib * KIB));
            limit.add(limitKib, limitKib);
        }
        Axis step = Axis.logarithmic("a step", "KiB");
        return List.of(
                new Plot.Curves(
                        "Extra bytes of a move, by the size of a step",
                        step,
                        Axis.logarithmic("at most", "KiB"),
                        List.of(
                                both.as(Style.MARKS_AND_LINE),
                                again.as(Style.MARKS_AND_LINE),
                                left.as(Style.MARKS_AND_LINE))),
                new Plot.Curves(
                        "What the trees write for a move",
                        step,
                        Axis.linear("written", "bytes a byte"),
                        List.of(written.as(Style.MARKS_AND_LINE))),
                new Plot.Curves(
                        "A throttle, by a clock on which a step of 64 KiB takes 10 ms",
                        Axis.logarithmic("limit", "KiB a second"),
                        Axis.logarithmic("moved", "KiB a second"),
                        List.of(moved.as(Style.MARKS_AND_LINE), limit.as(Style.DASHED_LINE))));
    }

    private static String observation(List<Measured> all, Measured small) {
        Measured whole = all.get(all.size() - 1);
        int gets = all.stream().mapToInt(one -> one.busy().gets).sum();
        int stale = all.stream().mapToInt(one -> one.busy().stale).sum();
        int images = all.stream().mapToInt(one -> one.crashes().images).sum();
        int wrong = all.stream().mapToInt(one -> one.crashes().wrongKeys).sum();
        return "In steps of " + Quantity.number(small.stepKib()) + " KiB, both trees write "
                + Quantity.number(small.quiet().writtenPerByte()) + " bytes for each byte that moves, and at most "
                + Quantity.number(kib(small.quiet().onBoth())) + " KiB are on both of them. In one step they write "
                + Quantity.number(whole.quiet().writtenPerByte()) + " bytes, and "
                + Quantity.number(kib(whole.quiet().onBoth()))
                + " KiB are on both. Of " + Quantity.number(gets) + " gets while keys moved, "
                + Quantity.number(stale) + " did not see the newest value. After " + Quantity.number(images)
                + " crashes, " + Quantity.number(wrong) + " keys were wrong, and at most "
                + Quantity.number(kib(small.crashes().copiedAgainMax)) + " KiB were copied again, or "
                + Quantity.number(kib(whole.crashes().copiedAgainMax)) + " KiB with one step.";
    }
}
