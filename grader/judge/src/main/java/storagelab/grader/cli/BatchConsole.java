package storagelab.grader.cli;

import java.io.Closeable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import storagelab.grader.batch.Batch;
import storagelab.grader.batch.Graded;
import storagelab.grader.model.GradeResult;
import storagelab.grader.report.PlainText;

/** Prints a line for each submission as it is done, and below them, on a terminal, how many are left. */
final class BatchConsole implements Batch.Listener, Closeable {
    private static final int BAR = 30;
    private static final int REASON_MAX = 120;

    private final LabContext context;
    private final Console console;
    private final int count;
    private final int width;
    private final long startNanos = System.nanoTime();
    private final Thread onInterrupt;
    private int done;
    private int graded;

    BatchConsole(LabContext context, int count, int jobs, long seed) {
        this.context = context;
        this.console = new Console(context);
        this.count = count;
        this.width = Integer.toString(count).length();
        this.onInterrupt = new Thread(this::interrupted, "interrupted");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        context.out().printf("%d submissions, %d at a time, seed %d%n", count, jobs, seed);
        context.out().flush();
        console.progress("how fast is this machine? The reference is compiled and tested");
    }

    private void interrupted() {
        PrintWriter err = context.err();
        err.printf("%nInterrupted: %d of %d are graded and kept.%n", done, count);
        err.println("Go on with the same command and --resume.");
        err.flush();
    }

    @Override
    public void done(Graded submission, boolean isNew) {
        done++;
        graded += isNew ? 1 : 0;
        console.progressDone();
        PrintWriter out = context.out();
        out.println(line(submission, isNew));
        out.flush();
        console.progress(bar());
    }

    private String line(Graded submission, boolean isNew) {
        GradeResult result = submission.result();
        String score = result.isGraded()
                ? String.format(Locale.ROOT, "%7.2f / %.0f", result.score(), result.maxScore())
                : "not graded: " + cut(result.notGraded());
        String time = isNew ? String.format(Locale.ROOT, "%.1f s", result.durationMillis() / 1e3) : "as before";
        String flags = result.flags().isEmpty()
                ? ""
                : ", " + result.flags().size() + (result.flags().size() == 1 ? " flag" : " flags");
        return String.format(
                Locale.ROOT, "[%" + width + "d/%d] %-24s %s, %s%s", done, count, submission.name(), score, time, flags);
    }

    private static String cut(String reason) {
        String line = PlainText.clean(reason).replaceAll("\\s+", " ");
        return line.length() <= REASON_MAX ? line : line.substring(0, REASON_MAX) + " …";
    }

    private String bar() {
        int filled = (int) ((long) BAR * done / count);
        String bar = "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + 100 * done / count + " %";
        if (graded == 0 || done == count) {
            return bar;
        }
        Duration spent = Duration.ofNanos(System.nanoTime() - startNanos);
        long secondsLeft = spent.multipliedBy(count - done).dividedBy(graded).toSeconds();
        String left = secondsLeft < 90 ? secondsLeft + " s" : (secondsLeft + 59) / 60 + " min";
        return bar + ", at most " + left + " left";
    }

    @Override
    public void close() {
        console.progressDone();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException ending) {
            context.err().flush(); // the JVM is ending already, and the hook has its say
        }
    }
}
