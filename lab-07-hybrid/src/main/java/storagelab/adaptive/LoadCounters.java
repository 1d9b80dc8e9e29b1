package storagelab.adaptive;

import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a store is asked for, from one {@link #take} to the next. The code that calls the store tells it.
 *
 * <p>A put does not look whether its key has a value. Its caller may know; otherwise it can look for one key in 64 before it is
 * put, and count 64 overwrites if there is a value.
 *
 * <p>Concurrency: any number of threads. A request that runs at the same moment as a take counts before it or after it, and its
 * bytes may count on the other side.
 */
public final class LoadCounters {
    private final InstantSource clock;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder scans = new LongAdder();
    private final LongAdder scannedBytes = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();
    private final LongAdder overwrites = new LongAdder();
    private long takenMillis; // guarded by this

    /** Counters that begin now. */
    public LoadCounters(InstantSource clock) {
        this.clock = clock;
        this.takenMillis = clock.millis();
    }

    /** A get found a value. */
    public void hit() {
        hits.increment();
    }

    /** A get found none. */
    public void miss() {
        misses.increment();
    }

    /** A scan returned keys and values of so many bytes. */
    public void scan(long bytes) {
        scans.increment();
        scannedBytes.add(bytes);
    }

    /** A key and a value of so many bytes were put, or a key deleted. */
    public void write(long bytes) {
        writes.increment();
        writtenBytes.add(bytes);
    }

    /** So many of the keys that were put or deleted had a value. */
    public void overwrites(long keys) {
        overwrites.add(keys);
    }

    /** What was counted since the last take. */
    public synchronized LoadWindow take() {
        long now = clock.millis();
        long millis = Math.max(0, now - takenMillis);
        takenMillis = now;
        long taken = writes.sumThenReset();
        return new LoadWindow(
                millis,
                hits.sumThenReset(),
                misses.sumThenReset(),
                scans.sumThenReset(),
                scannedBytes.sumThenReset(),
                taken,
                writtenBytes.sumThenReset(),
                Math.min(taken, overwrites.sumThenReset()));
    }
}
