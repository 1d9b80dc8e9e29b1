// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: the clock is taken to begin at zero, but nanoTime may be anything, and overflow
public final class WriteStallController {
    public long delayNanos(long bytes, long nowNanos) {
        if (slowdown == null) {
            return 0;
        }
        synchronized (this) {
            long begin = Math.max(freeAtNanos, nowNanos);
            long delay = Math.min(LONGEST_NANOS, begin - nowNanos);
            freeAtNanos = nowNanos + delay + (long) (bytes * NANOS_A_SECOND / rate);
            hasDelayed |= delay > 0;
            return delay;
        }
    }
}
