package storagelab.grader.run;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import storagelab.grader.run.TimeLimits.Span;

/** How much a piece of work has used since its beginning, by two clocks and by looking at it. Concurrency: one thread. */
public final class Stopwatch {
    private final Clocks clocks;
    private long cpuBeginNanos;
    private long wallBeginNanos;
    private long idleLooks;

    /** Where the time comes from. */
    public interface Clocks {
        /** Processor time of all processes of the work so far; never less than the last time. */
        long cpuNanos();

        /** A clock that runs whatever happens, as {@link System#nanoTime()} does. */
        default long wallNanos() {
            return System.nanoTime();
        }

        /** Whether no thread of the work wants a processor at this moment; false where that cannot be seen. */
        default boolean isAsleep() {
            return false;
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
        idleLooks = 0;
    }

    /**
     * Looks whether the work sleeps, and counts the looks that find it so. Two looks are at least {@link
     * TimeLimits#LOOK_MILLIS} apart, and none is made while the work waits for its parent.
     */
    void look() {
        if (clocks.isAsleep()) {
            idleLooks++;
        }
    }

    /** Processor time since the beginning. */
    long cpuNanos() {
        return clocks.cpuNanos() - cpuBeginNanos;
    }

    /** Wall clock since the beginning. */
    long wallMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clocks.wallNanos() - wallBeginNanos);
    }

    /** Whether {@code span} is over, and in which way. */
    public Optional<OutOfTime> outOf(Span span) {
        if (cpuNanos() >= TimeUnit.MILLISECONDS.toNanos(span.cpuMillis())) {
            return Optional.of(OutOfTime.CPU);
        }
        if (idleLooks * TimeLimits.LOOK_MILLIS >= span.idleMillis()) {
            return Optional.of(OutOfTime.IDLE);
        }
        return wallMillis() >= span.wallMillis() ? Optional.of(OutOfTime.WALL) : Optional.empty();
    }
}
