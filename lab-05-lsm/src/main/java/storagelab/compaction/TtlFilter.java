package storagelab.compaction;

import com.google.common.math.LongMath;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToLongFunction;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * A filter that drops values which were written more than a certain time ago: their time to live. The value itself has to say when it
 * was written, because tables only know the order of writes.
 *
 * <p>Example: the ttl is an hour, and a value begins with its time as eight bytes. A value of 10:00:00 is kept by a
 * merge at 11:00:00.000, and dropped by one at 11:00:00.001. Of a session that was written at 9:00 and again at 10:30,
 * only the second value is asked about; the first is gone anyway, as it is hidden.
 *
 * <p>A value whose time is in the future is kept, so a value that shall never go has {@link Long#MAX_VALUE}.
 *
 * <p>Where no value has a time after that of its put, {@link #forWholeRuns} saves reading what goes ({@link ExpiredRuns}): a
 * run whose newest table was flushed more than the ttl ago has only values that are too old, and is deleted as it is. The moments of flushes are
 * known with pickers of many runs a level; this is what {@link TimeWindowPicker} keeps the old apart for.
 *
 * <p>Cost: a look at the clock for each value. Concurrency: immutable, if the clock and the function are.
 *
 * @param ttl how old a value may be
 * @param clock says how late it is
 * @param writtenMillis reads from a value when it was written, in milliseconds since 1970
 * @param wholeRuns whether no value has a time after that of its put
 */
public record TtlFilter(Duration ttl, InstantSource clock, ToLongFunction<Slice> writtenMillis, boolean wholeRuns)
        implements CompactionFilter {
    /**
     * Checks the ttl.
     *
     * @throws IllegalArgumentException if it is negative, or has more milliseconds than a long
     */
    public TtlFilter {
        if (ttl.isNegative() || ttl.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("a time to live of " + ttl);
        }
    }

    /** Asks about each value. */
    public TtlFilter(Duration ttl, InstantSource clock, ToLongFunction<Slice> writtenMillis) {
        this(ttl, clock, writtenMillis, false);
    }

    /** The same where no value has a time after that of its put: whole runs go without being read. */
    public TtlFilter forWholeRuns() {
        return new TtlFilter(ttl, clock, writtenMillis, true);
    }

    /**
     * Whether the value was written more than {@code ttl} before now: not if it was exactly then. Any two times are compared
     * rightly, also where their difference is more than a long can have.
     */
    @Override
    @ExercisePart("5.17")
    public boolean drops(Slice key, Slice value) {
        return isOver(writtenMillis.applyAsLong(value));
    }

    /** Whether a value of {@code newestMillis} has had its time; no, whatever the time, unless it is for whole runs. */
    @Override
    @ExercisePart("5.17")
    public boolean dropsAllUntil(long newestMillis) {
        return wholeRuns && isOver(newestMillis);
    }

    @Solution
    private boolean isOver(long millis) {
        return millis < LongMath.saturatedSubtract(clock.millis(), ttl.toMillis());
    }
}
