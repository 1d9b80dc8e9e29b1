// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: every time that writes are slowed down the rate begins anew, and has to be found again
public final class WriteStallController {
    public synchronized void update(Pressure now) {
        Cause before = slowdown;
        Cause tooMuch = cause(now, limits.slowdownTables, limits.slowdownDebtBytes);
        if (before == null) {
            slowdown = tooMuch;
            rate = limits.firstBytesPerSecond;
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
}
