package storagelab.writeback;

import java.time.Duration;

/**
 * How much a {@link WriteBackCache} may hold, and how it writes.
 *
 * @param dirtyBytesMax a write waits while the cache holds this many bytes, or more, that the engine does not have
 * @param flushBytes a flush begins in the background when this many bytes were written since the last one began
 * @param batchBytes a batch of a flush is full when it has this many bytes of keys and values, or more
 * @param stallMax after which a write that waits is refused
 * @param retryAfter after which a flush that has failed is tried again
 */
public record WriteBackOptions(
        long dirtyBytesMax, long flushBytes, long batchBytes, Duration stallMax, Duration retryAfter) {
    /** Checks the numbers. */
    public WriteBackOptions {
        if (flushBytes < 1 || flushBytes > dirtyBytesMax) {
            throw new IllegalArgumentException(
                    "a flush each " + flushBytes + " bytes, of at most " + dirtyBytesMax + " that the cache holds");
        }
        if (batchBytes < 1) {
            throw new IllegalArgumentException("batches of " + batchBytes + " bytes");
        }
        if (stallMax.isNegative() || retryAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "a write that waits " + stallMax + ", and a flush that is tried again after " + retryAfter);
        }
    }

    /** 64 MiB, half of which begin a flush, in batches of 256 KiB; a write waits for up to ten seconds. */
    public static WriteBackOptions defaults() {
        return new WriteBackOptions(64 << 20, 32 << 20, 256 << 10, Duration.ofSeconds(10), Duration.ofMillis(100));
    }

    /** With room for another number of bytes, half of which begin a flush. */
    public WriteBackOptions withDirtyBytesMax(long bytes) {
        return new WriteBackOptions(bytes, Math.max(1, bytes / 2), batchBytes, stallMax, retryAfter);
    }

    /** With flushes after another number of bytes. */
    public WriteBackOptions withFlushBytes(long bytes) {
        return new WriteBackOptions(dirtyBytesMax, bytes, batchBytes, stallMax, retryAfter);
    }

    /** With larger or smaller batches. */
    public WriteBackOptions withBatchBytes(long bytes) {
        return new WriteBackOptions(dirtyBytesMax, flushBytes, bytes, stallMax, retryAfter);
    }

    /** With writes that wait longer, or less long. */
    public WriteBackOptions withStallMax(Duration duration) {
        return new WriteBackOptions(dirtyBytesMax, flushBytes, batchBytes, duration, retryAfter);
    }

    /** With flushes that are tried again earlier, or later. */
    public WriteBackOptions withRetryAfter(Duration duration) {
        return new WriteBackOptions(dirtyBytesMax, flushBytes, batchBytes, stallMax, duration);
    }
}
