package storagelab.lsm;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says how long a write has to wait so that flushes and merges keep up. Writers who are not held up run until there is no
 * room, and then stand still for as long as a merge takes; after that they run again. It is better for all if each write
 * waits for a little while, and the store takes steadily what it can digest.
 *
 * <p><b>What is measured</b>, the {@link Pressure}: the tables on level 0, which every get has to look at, and the
 * <em>debt</em>, the bytes that merges have yet to write until no level is too large.
 *
 * <p><b>Slow down</b> at {@link Limits#slowdownTables} tables or {@link Limits#slowdownDebtBytes}: writes get {@link
 * #bytesPerSecond} and no more. <b>Stop</b> at {@link Limits#stopTables} or {@link Limits#stopDebtBytes}: no memtable is
 * begun until there is less.
 *
 * <p><b>The rate</b> is found by feedback. It begins with {@link Limits#firstBytesPerSecond}. Each {@link #update}, which
 * comes when a flush or a merge has ended, changes it while writes are slowed down:
 *
 * <ol>
 *   <li>times 0.6, if there was a stop since the update before, or level 0 is less than {@value #NEAR_TABLES} tables away
 *       from one;
 *   <li>otherwise times 0.8, if there are more tables on level 0, or as many and as much debt or more;
 *   <li>otherwise times 1.25.
 * </ol>
 *
 * <p>It is never less than {@link #SLOWEST_BYTES_PER_SECOND}, and never more than {@link #FASTEST_BYTES_PER_SECOND}. When the pressure is below the limits writes are free. The
 * rate is remembered, times 1.4, for the next time: what was right a moment ago is a better guess than the first one.
 *
 * <p><b>The wait</b>: a write of b bytes at a rate of r occupies the store for b / r seconds, and the next write waits
 * until that is over, though no longer than {@link #LONGEST_NANOS}. So each waits for the one before.
 *
 * <p>Example: limits of 8 and 12 tables, first 16 MiB a second. An update with 8 tables: writes get 16 MiB/s. A write of 16
 * KiB at time 0 does not wait; one that comes at 0.2 ms waits for 0.78 ms, since the first occupies 0.98 ms. The next
 * update says 9 tables: 12.8 MiB/s. Then 10: that is two from the stop, which is less than {@value #NEAR_TABLES}: 7.7
 * MiB/s. Then 9: 9.6 MiB/s. Then 7: free; and if it is 8 again later, it goes on with 13.4 MiB/s.
 *
 * <p>Cost: O(1). Concurrency: safe for many threads. Source: RocksDB, {@code db/column_family.cc}, {@code SetupDelay}, and
 * {@code db/write_controller.cc}.
 */
public final class WriteStallController {
    /** The rate never falls below this. */
    public static final long SLOWEST_BYTES_PER_SECOND = 16 << 10;

    /** Nor does it rise above this, or it would take too long to find its way down. */
    public static final long FASTEST_BYTES_PER_SECOND = 1 << 30;

    /** No write waits longer, however large the one before was. */
    public static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int NEAR_TABLES = 3;
    private static final double BRAKE = 0.6;
    private static final double SLOWER = 0.8;
    private static final double FASTER = 1.25;
    private static final double AFTERWARDS = 1.4;
    private static final long NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Why writes wait. */
    public enum Cause {
        /** The memtable is full, and the one before is not written out yet. */
        MEMTABLE,
        /** Too many tables are on level 0. */
        LEVEL_ZERO,
        /** Too much has yet to be merged. */
        DEBT
    }

    /**
     * When writes are slowed down and stopped.
     *
     * @param slowdownTables from how many tables on level 0 writes are slowed down
     * @param stopTables from how many on they wait
     * @param slowdownDebtBytes from how much debt on writes are slowed down
     * @param stopDebtBytes from how much on they wait
     * @param firstBytesPerSecond how fast they are when they are slowed down for the first time
     */
    public record Limits(
            int slowdownTables, int stopTables, long slowdownDebtBytes, long stopDebtBytes, long firstBytesPerSecond) {
        /** Checks that slowing down comes before stopping, and that the first rate is one that may be. */
        public Limits {
            if (slowdownTables > stopTables
                    || slowdownDebtBytes > stopDebtBytes
                    || firstBytesPerSecond < SLOWEST_BYTES_PER_SECOND
                    || firstBytesPerSecond > FASTEST_BYTES_PER_SECOND) {
                throw new IllegalArgumentException("slow down at " + slowdownTables + " tables or " + slowdownDebtBytes
                        + " bytes to " + firstBytesPerSecond + " a second, stop at " + stopTables + " or "
                        + stopDebtBytes);
            }
        }
    }

    /**
     * How far the store is behind.
     *
     * @param levelZeroTables tables on level 0
     * @param debtBytes bytes that merges have yet to write
     */
    public record Pressure(int levelZeroTables, long debtBytes) {}

    /**
     * Waits for one cause.
     *
     * @param count how many
     * @param nanos how long all together
     */
    public record Stalls(long count, long nanos) {
        private static final Stalls NONE = new Stalls(0, 0);

        private Stalls plus(long more) {
            return new Stalls(count + 1, nanos + more);
        }
    }

    private final Limits limits;
    private final Map<Cause, Stalls> stalls = new EnumMap<>(Cause.class); // guarded by this
    private Pressure pressure = new Pressure(0, 0); // guarded by this
    private double rate; // bytes a second; guarded by this
    private boolean hasStopped; // since the last update; guarded by this
    private long freeAtNanos; // when the last write is done with; guarded by this
    private boolean hasWritten; // so that freeAtNanos is a time; guarded by this
    private volatile @Nullable Cause slowdown;
    private volatile @Nullable Cause stop;

    /** A controller that has seen no pressure yet. */
    public WriteStallController(Limits limits) {
        this.limits = limits;
        this.rate = limits.firstBytesPerSecond;
    }

    /** Says how far the store is behind now, when a flush or a merge has ended. */
    public synchronized void update(Pressure now) {
        boolean wasSlow = slowdown != null;
        slowdown = cause(now, limits.slowdownTables, limits.slowdownDebtBytes);
        stop = cause(now, limits.stopTables, limits.stopDebtBytes);
        if (slowdown == null) {
            if (wasSlow) {
                rate = Math.min(FASTEST_BYTES_PER_SECOND, rate * AFTERWARDS);
                hasWritten = false;
            }
        } else if (wasSlow) {
            double next = rate * factor(now);
            rate = Math.max(SLOWEST_BYTES_PER_SECOND, Math.min(FASTEST_BYTES_PER_SECOND, next));
        }
        hasStopped = false;
        pressure = now;
    }

    private double factor(Pressure now) {
        if (hasStopped || limits.stopTables - now.levelZeroTables < NEAR_TABLES) {
            return BRAKE;
        }
        int order = Integer.compare(now.levelZeroTables, pressure.levelZeroTables);
        boolean isWorse = order > 0 || (order == 0 && now.debtBytes >= pressure.debtBytes);
        return isWorse ? SLOWER : FASTER;
    }

    private static @Nullable Cause cause(Pressure now, int tables, long debtBytes) {
        if (now.levelZeroTables >= tables) {
            return Cause.LEVEL_ZERO;
        }
        return now.debtBytes >= debtBytes ? Cause.DEBT : null;
    }

    /** Why writes are slowed down; null if they are not. Of two causes, level 0. */
    public @Nullable Cause slowdown() {
        return slowdown;
    }

    /** Why no memtable may be begun; null if one may. Of two causes, level 0. */
    public @Nullable Cause stop() {
        return stop;
    }

    /** What writes get at the moment; {@link Long#MAX_VALUE} if they are free. */
    public synchronized long bytesPerSecond() {
        return slowdown == null ? Long.MAX_VALUE : (long) rate;
    }

    /**
     * How long a write has to wait that comes now. It is counted as written then.
     *
     * @param bytes of the write
     * @param nowNanos the time, as {@link System#nanoTime} has it
     */
    public long delayNanos(long bytes, long nowNanos) {
        if (slowdown == null) {
            return 0;
        }
        synchronized (this) {
            long delay = hasWritten ? Math.min(LONGEST_NANOS, Math.max(0, freeAtNanos - nowNanos)) : 0;
            freeAtNanos = nowNanos + delay + (long) (bytes * (double) NANOS_A_SECOND / rate);
            hasWritten = true;
            return delay;
        }
    }

    /** Says that a write has waited for so long. If the cause is that of a {@link #stop}, the next rate is lower. */
    public synchronized void waited(Cause cause, boolean wasStopped, long nanos) {
        hasStopped |= wasStopped && cause != Cause.MEMTABLE;
        stalls.merge(cause, new Stalls(1, nanos), (old, one) -> old.plus(one.nanos));
    }

    /** How often and how long writes have waited for a cause. */
    public synchronized Stalls stalls(Cause cause) {
        return stalls.getOrDefault(cause, Stalls.NONE);
    }
}
