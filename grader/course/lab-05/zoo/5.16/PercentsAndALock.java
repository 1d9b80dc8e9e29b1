// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: accepted
// because: whole numbers of bytes and percents, and times as differences from the first one
public final class WriteStallController {
    private long wholeRate; // 0 until it is needed
    private long firstNanos;
    private boolean hasFirst;

    private double factor(Pressure now, boolean isTooMuch) {
        wholeRate = (long) rate;
        int percent;
        if (hasStopped || now.levelZeroTables > limits.stopTables - 3) {
            percent = 60;
        } else if (now.levelZeroTables < pressure.levelZeroTables
                || (now.levelZeroTables == pressure.levelZeroTables && now.debtBytes < pressure.debtBytes)) {
            percent = 125;
        } else {
            percent = isTooMuch ? 80 : 100;
        }
        return (double) (wholeRate * percent / 100) / rate;
    }

    public long delayNanos(long bytes, long nowNanos) {
        return slowdown == null ? 0 : lockedDelayNanos(bytes, nowNanos);
    }

    private synchronized long lockedDelayNanos(long bytes, long nowNanos) {
        if (!hasFirst) {
            hasFirst = true;
            firstNanos = nowNanos;
        }
        long now = nowNanos - firstNanos;
        long delay = hasWritten && freeAtNanos > now ? Math.min(LONGEST_NANOS, freeAtNanos - now) : 0;
        hasWritten = true;
        hasDelayed = hasDelayed || delay != 0;
        freeAtNanos = now + delay + Math.round(bytes / rate * 1_000_000_000);
        return delay;
    }
}
