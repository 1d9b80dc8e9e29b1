package storagelab.kin;

import java.time.InstantSource;

/**
 * Numbers that no other node gives, each larger than the ones before: the time in milliseconds since 2020 in 41 bits, the node
 * in 10, and a count within the millisecond in 12.
 *
 * <p>If the clock stands still or goes back, the last millisecond goes on. If 4,096 numbers were given in it, the next one
 * begins, ahead of the clock. So no call waits, and numbers rise whatever the clock does, as long as the node begins after the
 * last number that it gave before a restart.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class TimeOrderedIds {
    /** How many nodes there can be. */
    public static final int NODES = 1 << 10;

    private static final long EPOCH_MILLIS = 1_577_836_800_000L; // 2020-01-01
    private static final int COUNTS = 1 << 12; // in a millisecond
    private static final long MILLIS_MAX = (1L << 41) - 1; // in 2089

    private final InstantSource clock;
    private final int node;
    private long millis; // guarded by this: of the last number
    private int count; // guarded by this: of the last number

    /**
     * Numbers after {@code last}.
     *
     * @param node 0 to {@link #NODES} − 1; no other one with this number may be running
     * @param last of the numbers given before, by this node or any other; 0 if there are none
     */
    public TimeOrderedIds(InstantSource clock, int node, long last) {
        if (node < 0 || node >= NODES || last < 0) {
            throw new IllegalArgumentException("node " + node + " after the number " + last);
        }
        this.clock = clock;
        this.node = node;
        this.millis = last / (NODES * COUNTS);
        this.count = COUNTS - 1; // a new millisecond, since another node may have given the last number
    }

    /** The next number. */
    public synchronized long next() {
        long now = clock.millis() - EPOCH_MILLIS;
        if (now > millis) {
            millis = now;
            count = 0;
        } else if (count < COUNTS - 1) {
            count++;
        } else {
            millis++;
            count = 0;
        }
        if (millis > MILLIS_MAX) {
            throw new IllegalStateException("there are no numbers for " + millis + " ms after 2020");
        }
        return (millis * NODES + node) * COUNTS + count;
    }
}
