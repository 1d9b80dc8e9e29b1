package storagelab.tier;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import storagelab.course.ExercisePart;

/**
 * Spreads work over time, so that on average it is no more than some bytes a second. Work that was not done earlier is not made up for.
 *
 * <p>Example: 1,000 bytes a second, and 500 bytes at 0 s, at 0.2 s and at 9 s. The first one waits for 0.5 s; the second, which may begin at 0.5 s, until
 * 1 s; the third for 0.5 s, as if nothing had been before.
 *
 * <p>Concurrency: one thread.
 */
@ExercisePart("7.7")
public final class MoveThrottle {
    private final long bytesPerSecond;
    private final LongSupplier nanoClock;
    private long freeAt; // when all work so far is paid for

    /** A throttle that lets pass what {@code options} say. */
    public MoveThrottle(MigratorOptions options) {
        this.bytesPerSecond = options.bytesPerSecond();
        this.nanoClock = options.nanoClock();
        this.freeAt = nanoClock.getAsLong();
    }

    /**
     * How many nanoseconds to wait after work of so many bytes, before more is done: until this work and all before it is paid for. Never negative, and 0 if there
     * is no limit. The first call is paid for from its own moment on, not from that of the constructor. Nothing waits here.
     */
    public long waitNanos(long bytes) {
        if (bytesPerSecond == Long.MAX_VALUE) {
            return 0;
        }
        long now = nanoClock.getAsLong();
        long takes = (long) ((double) bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1));
        freeAt = (freeAt - now > 0 ? freeAt : now) + takes;
        return freeAt - now;
    }
}
