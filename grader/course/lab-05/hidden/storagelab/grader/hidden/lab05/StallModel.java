package storagelab.grader.hidden.lab05;

import storagelab.lsm.WriteStallController.Limits;

/** What a stall controller does, rule by rule, in plain numbers of one thread. */
final class StallModel {
    private final Limits limits;
    private double rate;
    private boolean isSlow;
    private boolean hasStopped;
    private boolean hasDelayed;
    private int lastTables;
    private long lastDebt;
    private double freeAt = Double.NEGATIVE_INFINITY;

    StallModel(Limits limits) {
        this.limits = limits;
        this.rate = limits.firstBytesPerSecond();
    }

    void update(int tables, long debt) {
        boolean isTooMuch = tables >= limits.slowdownTables() || debt >= limits.slowdownDebtBytes();
        if (isSlow && !isTooMuch && !hasDelayed) {
            isSlow = false;
            freeAt = Double.NEGATIVE_INFINITY;
        } else if (isSlow) {
            double factor = isTooMuch ? 0.8 : 1;
            if (tables < lastTables || (tables == lastTables && debt < lastDebt)) {
                factor = 1.25;
            }
            if (hasStopped || tables > limits.stopTables() - 3) {
                factor = 0.6;
            }
            rate = Math.max(16_384, Math.min(1_073_741_824, rate * factor));
        } else {
            isSlow = isTooMuch;
        }
        hasStopped = false;
        hasDelayed = false;
        lastTables = tables;
        lastDebt = debt;
    }

    double delay(long bytes, long now) {
        if (!isSlow) {
            return 0;
        }
        double delay = Math.min(100_000_000, Math.max(0, freeAt - now));
        freeAt = now + delay + bytes * 1e9 / rate;
        hasDelayed |= delay > 0;
        return delay;
    }

    void stopped() {
        hasStopped = true;
    }

    boolean isSlow() {
        return isSlow;
    }

    double rate() {
        return rate;
    }
}
