package storagelab.grader.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import storagelab.experiment.ExperimentContext;

/** The context of an experiment on a real machine: its disk, its clock, and a progress line on the terminal. */
final class LiveContext implements ExperimentContext {
    private static final int BAR_WIDTH = 24;

    private final Path directory;
    private final long seed;
    private final Scale scale;
    private final ProgressLine progress;

    /** Where progress is shown. */
    sealed interface ProgressLine {
        /** Shows nothing. */
        record Silent() implements ProgressLine {}

        /** Redraws one line of a terminal. */
        record Drawn(PrintStream out) implements ProgressLine {}
    }

    LiveContext(Path directory, long seed, Scale scale, ProgressLine progress) {
        this.directory = directory;
        this.seed = seed;
        this.scale = scale;
        this.progress = progress;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public Scale scale() {
        return scale;
    }

    @Override
    public InstantSource clock() {
        return Clock.systemUTC();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void progress(String doing, double done) {
        if (progress instanceof ProgressLine.Drawn drawn) {
            int filled = (int) Math.round(Math.min(1, Math.max(0, done)) * BAR_WIDTH);
            drawn.out().print("\r\u001b[K[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + doing);
            drawn.out().flush();
        }
    }

    /** Takes the progress line away. */
    void clearProgress() {
        if (progress instanceof ProgressLine.Drawn drawn) {
            drawn.out().print("\r\u001b[K");
            drawn.out().flush();
        }
    }
}
