package storagelab.grader.run;

import java.util.concurrent.TimeUnit;

/** An amount of processor time that several pieces of work share. Concurrency: one thread. */
public final class CpuBudget {
    private final long millis;
    private long spentNanos;

    /**
     * @param millis how much there is
     */
    public CpuBudget(long millis) {
        this.millis = millis;
    }

    /** Takes what a piece of work has used. */
    public void spend(long nanos) {
        spentNanos += nanos;
    }

    /** What was taken so far. */
    public long spentNanos() {
        return spentNanos;
    }

    /** Whether nothing is left. */
    public boolean isSpent() {
        return spentNanos >= TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** The whole of it: {@code "600 s of processor time"}. */
    public String describe() {
        return TimeLimits.seconds(millis) + " of processor time";
    }
}
