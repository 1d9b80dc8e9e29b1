// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: nothing keeps the rate from falling, and at the end a write of a kilobyte takes hours
public final class WriteStallController {
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
            rate = Math.min(FASTEST_BYTES_PER_SECOND, rate * factor(now, tooMuch != null));
        }
        stop = cause(now, limits.stopTables, limits.stopDebtBytes);
        hasStopped = false;
        hasDelayed = false;
        pressure = now;
    }
}
