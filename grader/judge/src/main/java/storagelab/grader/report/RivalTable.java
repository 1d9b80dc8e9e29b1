package storagelab.grader.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import storagelab.grader.model.RivalResult;
import storagelab.grader.model.RivalResult.Side;
import storagelab.grader.model.RivalResult.Speed;
import storagelab.grader.model.RivalResult.Target;

/** Comparisons with rivals, for the console. */
public final class RivalTable {
    private RivalTable() {}

    /** A block: both times, the ratio with its interval, then each target with how it ended. */
    public static String render(RivalResult result) {
        StringBuilder out = new StringBuilder();
        block(out, result);
        return out.toString();
    }

    private static void block(StringBuilder out, RivalResult result) {
        out.append('\n').append(result.title());
        if (!result.rival().isEmpty()) {
            out.append(", beside ").append(result.rival());
        }
        out.append('\n');
        if (!result.message().isEmpty()) {
            out.append("  ").append(PlainText.clean(result.message())).append('\n');
            return;
        }
        Side ours = result.ours();
        if (ours != null) {
            times(out, ours, result.theirs(), result.timesAsFast());
        }
        for (Target target : result.targets()) {
            target(out, target);
        }
    }

    private static void times(StringBuilder out, Side ours, @Nullable Side theirs, @Nullable Speed speed) {
        row(out, "", "ours", theirs == null ? "" : "rival");
        row(out, "time an operation", Figures.nanos(ours.nanos()), theirs == null ? "" : Figures.nanos(theirs.nanos()));
        row(out, "allocated an operation", bytes(ours), theirs == null ? "" : bytes(theirs));
        if (speed != null) {
            String interval = Figures.ratio(speed.low()) + " to " + Figures.ratio(speed.high());
            row(out, "times as fast, 95 % sure: " + interval, Figures.ratio(speed.value()), "1");
        }
    }

    private static void target(StringBuilder out, Target target) {
        String value = Double.isFinite(target.value()) ? Figures.count(target.value()) : "-";
        out.append(String.format(
                Locale.ROOT,
                "  target: %s: %s (%s, bound %s)\n",
                target.description(),
                target.outcome().describe(),
                value,
                Figures.count(target.bound())));
    }

    private static void row(StringBuilder out, String name, String ours, String theirs) {
        FigureRows.OF_A_BENCHMARK.append(out, name, List.of(ours, theirs));
    }

    private static String bytes(Side side) {
        return Double.isFinite(side.bytes()) ? Figures.count(Math.round(side.bytes() * 10) / 10.0) + " B" : "-";
    }
}
