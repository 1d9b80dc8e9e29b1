package storagelab.lsm;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * Says how long a write has to wait so that flushes and merges keep up. Writers who are not held up run until there is no
 * room, and then stand still for as long as a merge takes; after that they run again. It is better for all if each write
 * waits for a little while, and the store takes steadily what it can digest.
 *
 * <p><b>What is measured</b>, the {@link Pressure}: the tables on level 0, which every get has to look at, and the
 * <em>debt</em>, the bytes that merges have yet to write until no level is too large. {@link #update} hears of it whenever
 * a flush or a merge has ended.
 *
 * <p><b>Slow down</b> at {@link Limits#slowdownTables} tables or {@link Limits#slowdownDebtBytes}: from that update on
 * writes get {@link #bytesPerSecond} and no more. <b>Stop</b> at {@link Limits#stopTables} or {@link
 * Limits#stopDebtBytes}: no memtable is begun until there is less. <b>Free again</b> they are with the first update below
 * the slowdown limits before which, since the last one, no write had to wait: then the rate was no hindrance, and nobody
 * notices that it goes. To be free as soon as there is one table less would let all of them rush in, and have them stand
 * still soon after.
 *
 * <p><b>The rate</b> is found by feedback. It begins with {@link Limits#firstBytesPerSecond}. An update before which
 * writes were slowed down and which does not free them changes it:
 *
 * <ol>
 *   <li>times 0.6, if a write has waited for a stop since the update before, or if level 0 is less than three tables away
 *       from one;
 *   <li>otherwise times 1.25, if there are fewer tables on level 0 than at the update before, or as many and less debt;
 *   <li>otherwise times 0.8, if it is at a slowdown limit or above; below, the rate stays.
 * </ol>
 *
 * <p>It is never less than {@link #SLOWEST_BYTES_PER_SECOND}, and never more than {@link #FASTEST_BYTES_PER_SECOND}. It is
 * kept while writes are free, for the next time: what was right a moment ago is a better guess than the first one.
 *
 * <p><b>The wait</b>: a write of b bytes at a rate of r occupies the store for b / r seconds after its own wait, and the next
 * write waits until that is over, though no longer than {@link #LONGEST_NANOS}. So each waits for the one before. Time in
 * which nobody writes is not saved up, and the first write after writes were free does not wait.
 *
 * <p>Example: limits of 8 and 12 tables, no debt, first 16 MiB a second.
 *
 * <table>
 *   <caption>What happens, and what writes get then</caption>
 *   <tr><td>update, 8 tables</td><td>16 MiB/s</td><td>slowed down</td></tr>
 *   <tr><td>a write of 16 KiB at 0 ms</td><td></td><td>waits 0, and occupies the store until 0.977 ms</td></tr>
 *   <tr><td>another one at 0.2 ms</td><td></td><td>waits 0.777 ms, and occupies it until 1.953 ms</td></tr>
 *   <tr><td>update, 9 tables</td><td>12.8 MiB/s</td><td>more than before</td></tr>
 *   <tr><td>update, 10 tables</td><td>7.68 MiB/s</td><td>two tables from a stop</td></tr>
 *   <tr><td>update, 9 tables</td><td>9.6 MiB/s</td><td>fewer than before</td></tr>
 *   <tr><td>a write at 1 ms</td><td></td><td>waits 0.953 ms</td></tr>
 *   <tr><td>update, 7 tables</td><td>12 MiB/s</td><td>fewer; below the limit, but a write has waited</td></tr>
 *   <tr><td>update, 7 tables</td><td>free</td><td>below the limit, and no write has waited</td></tr>
 *   <tr><td>update, 8 tables</td><td>12 MiB/s</td><td>where it was</td></tr>
 * </table>
 *
 * <p>What comes of it, in a simulation with a writer that could do 40 times as much as merges can take: no stop once the
 * rate is found, about nine of ten bytes that merges could take, and 99.9 % of writes take less than ten medians.
 * Without a controller half of the writes take no time, and some stand still for a whole merge.
 *
 * <p>Cost: O(1). Concurrency: safe for many threads; while writes are free {@link #delayNanos} takes no lock. Source:
 * RocksDB, {@code db/column_family.cc}, {@code SetupDelay}, and {@code db/write_controller.cc}.
 */
@Exercise(id = "5.16", title = "Slow down before you stop", points = 5, difficulty = Difficulty.MEDIUM, hours = 3)
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
    private static final double NANOS_A_SECOND = 1e9;

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
    private boolean hasDelayed; // since the last update; guarded by this
    private boolean hasWritten; // since writes were free, so that freeAtNanos is a time; guarded by this
    private long freeAtNanos; // when the last write is done with; guarded by this
    private volatile @Nullable Cause slowdown;
    private volatile @Nullable Cause stop;

    /** A controller that has seen no pressure yet. */
    public WriteStallController(Limits limits) {
        this.limits = limits;
        this.rate = limits.firstBytesPerSecond;
    }

    /** Says how far the store is behind now, when a flush or a merge has ended. */
    public synchronized void update(Pressure now) {
        Cause before = slowdown;
        Cause tooMuch = cause(now, limits.slowdownTables, limits.slowdownDebtBytes);
        if (before == null) {
            slowdown = tooMuch;
        } else if (tooMuch == null && !hasDelayed) {
            slowdown = null;
            hasWritten = false;
        } else {
            slowdown = tooMuch == null ? before : tooMuch;
            double next = rate * factor(now, tooMuch != null);
            rate = Math.max(SLOWEST_BYTES_PER_SECOND, Math.min(FASTEST_BYTES_PER_SECOND, next));
        }
        stop = cause(now, limits.stopTables, limits.stopDebtBytes);
        hasStopped = false;
        hasDelayed = false;
        pressure = now;
    }

    private double factor(Pressure now, boolean isTooMuch) {
        if (hasStopped || limits.stopTables - now.levelZeroTables < NEAR_TABLES) {
            return BRAKE;
        }
        boolean isLess = now.levelZeroTables == pressure.levelZeroTables
                ? now.debtBytes < pressure.debtBytes
                : now.levelZeroTables < pressure.levelZeroTables;
        if (isLess) {
            return FASTER;
        }
        return isTooMuch ? SLOWER : 1;
    }

    private static @Nullable Cause cause(Pressure now, int tables, long debtBytes) {
        if (now.levelZeroTables >= tables) {
            return Cause.LEVEL_ZERO;
        }
        return now.debtBytes >= debtBytes ? Cause.DEBT : null;
    }

    /**
     * Why writes are slowed down; null if they are not. Of two causes, level 0; below the limits, what was the cause at the
     * update before.
     */
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
     * How long a write has to wait that comes now. It is counted as written when it has waited.
     *
     * @param bytes of the write
     * @param nowNanos the time, as {@link System#nanoTime} has it: any number, also a negative one, of which only differences
     *     mean something
     */
    public long delayNanos(long bytes, long nowNanos) {
        if (slowdown == null) {
            return 0;
        }
        synchronized (this) {
            long delay = hasWritten ? Math.min(LONGEST_NANOS, Math.max(0, freeAtNanos - nowNanos)) : 0;
            freeAtNanos = nowNanos + delay + (long) (bytes * NANOS_A_SECOND / rate);
            hasWritten = true;
            hasDelayed |= delay > 0;
            return delay;
        }
    }

    /**
     * Counts a write that has waited for so long.
     *
     * @param wasStopped whether it was for a {@link #stop}, or for the memtable before: then also the next rate is lower,
     *     unless the cause is {@link Cause#MEMTABLE}
     */
    public synchronized void waited(Cause cause, boolean wasStopped, long nanos) {
        hasStopped |= wasStopped && cause != Cause.MEMTABLE;
        stalls.merge(cause, new Stalls(1, nanos), (old, one) -> old.plus(one.nanos));
    }

    /** How often and how long writes have waited for a cause. */
    public synchronized Stalls stalls(Cause cause) {
        return stalls.getOrDefault(cause, Stalls.NONE);
    }
}
