// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: a write waits for as long as it takes itself, so that eight threads together write eight times as fast
public final class WriteStallController {
    public long delayNanos(long bytes, long nowNanos) {
        if (slowdown == null) {
            return 0;
        }
        synchronized (this) {
            long delay = Math.min(LONGEST_NANOS, (long) (bytes * NANOS_A_SECOND / rate));
            hasDelayed |= delay > 0;
            return delay;
        }
    }
}
