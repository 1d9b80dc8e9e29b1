// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: time in which nobody writes is a credit, and after a quiet second a second's worth rushes in
public final class WriteStallController {
    public long delayNanos(long bytes, long nowNanos) {
        if (slowdown == null) {
            return 0;
        }
        synchronized (this) {
            if (!hasWritten) {
                freeAtNanos = nowNanos;
                hasWritten = true;
            }
            long delay = Math.min(LONGEST_NANOS, Math.max(0, freeAtNanos - nowNanos));
            freeAtNanos += (long) (bytes * NANOS_A_SECOND / rate);
            hasDelayed |= delay > 0;
            return delay;
        }
    }
}
