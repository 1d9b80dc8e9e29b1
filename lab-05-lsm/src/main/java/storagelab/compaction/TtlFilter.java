package storagelab.compaction;

import com.google.common.math.LongMath;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToLongFunction;
import storagelab.api.Slice;

/**
 * Drops values that were written more than a certain time ago: their time to live. The value itself has to say when it
 * was written, because tables only know the order of writes.
 *
 * <p>Example: the ttl is an hour, and a value begins with its time as eight bytes. A value of 10:00:00 is kept by a
 * merge at 11:00:00.000, and dropped by one at 11:00:00.001. Of a session that was written at 9:00 and again at 10:30,
 * only the second value is asked about; the first is gone anyway, as it is hidden.
 *
 * <p>A value whose time is in the future is kept, so a value that shall never go has {@link Long#MAX_VALUE}.
 *
 * <p>Cost: a look at the clock for each value. Concurrency: immutable, if the clock and the function are.
 *
 * @param ttl how old a value may be
 * @param clock says how late it is
 * @param writtenMillis reads from a value when it was written, in milliseconds since 1970
 */
public record TtlFilter(Duration ttl, InstantSource clock, ToLongFunction<Slice> writtenMillis)
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

    @Override
    public boolean drops(Slice key, Slice value) {
        return isOver(writtenMillis.applyAsLong(value));
    }

    private boolean isOver(long millis) {
        return millis < LongMath.saturatedSubtract(clock.millis(), ttl.toMillis());
    }
}
