// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: writes are free as soon as there is one table less, so they rush in and stand still by turns
public final class WriteStallController {
    public synchronized void update(Pressure now) {
        Cause before = slowdown;
        slowdown = cause(now, limits.slowdownTables, limits.slowdownDebtBytes);
        if (slowdown == null) {
            hasWritten = false;
        } else if (before != null) {
            double next = rate * factor(now, true);
            rate = Math.max(SLOWEST_BYTES_PER_SECOND, Math.min(FASTEST_BYTES_PER_SECOND, next));
        }
        stop = cause(now, limits.stopTables, limits.stopDebtBytes);
        hasStopped = false;
        hasDelayed = false;
        pressure = now;
    }
}
