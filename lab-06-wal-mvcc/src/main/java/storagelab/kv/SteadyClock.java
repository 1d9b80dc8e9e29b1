package storagelab.kv;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock in whole milliseconds that never goes back: while another clock does, it stands still. Otherwise a value that was
 * found to have expired could be there again.
 *
 * <p>Concurrency: safe for many threads, if the other clock is.
 */
final class SteadyClock implements InstantSource {
    private final InstantSource clock;
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    /** A clock that follows {@code clock}. */
    SteadyClock(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long millis() {
        return latest.accumulateAndGet(clock.millis(), Math::max);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }
}
