package storagelab.grader.run;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import storagelab.grader.run.TimeLimits.Span;

/** How much a piece of work has used since its beginning, by two clocks. Concurrency: one thread. */
public final class Stopwatch {
    private final Clocks clocks;
    private long cpuBeginNanos;
    private long wallBeginNanos;

    /** Where the time comes from. */
    public interface Clocks {
        /** Processor time of all processes of the work so far; never less than the last time. */
        long cpuNanos();

        /** A clock that runs whatever happens, as {@link System#nanoTime()} does. */
        default long wallNanos() {
            return System.nanoTime();
        }
    }

    /** Begins now. */
    public Stopwatch(Clocks clocks) {
        this.clocks = clocks;
        begin();
    }

    /** Begins again. */
    public void begin() {
        cpuBeginNanos = clocks.cpuNanos();
        wallBeginNanos = clocks.wallNanos();
    }

    /** Processor time since the beginning. */
    long cpuNanos() {
        return clocks.cpuNanos() - cpuBeginNanos;
    }

    /** Wall clock since the beginning. */
    long wallMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clocks.wallNanos() - wallBeginNanos);
    }

    /** Whether {@code span} is over, and by which clock. */
    public Optional<OutOfTime> outOf(Span span) {
        if (cpuNanos() >= TimeUnit.MILLISECONDS.toNanos(span.cpuMillis())) {
            return Optional.of(OutOfTime.CPU);
        }
        return wallMillis() >= span.wallMillis() ? Optional.of(OutOfTime.WALL) : Optional.empty();
    }
}
