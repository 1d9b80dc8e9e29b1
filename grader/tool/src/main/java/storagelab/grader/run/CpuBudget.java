package storagelab.grader.run;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An amount of processor time that several pieces of work share. Concurrency: one thread. */
public final class CpuBudget {
    private final long millis;
    private final String purpose;
    private final @Nullable CpuBudget whole;
    private long spentNanos;

    /**
     * @param millis how much there is
     * @param purpose what it is for: {@code "for this submission"}
     */
    public CpuBudget(long millis, String purpose) {
        this(millis, purpose, null);
    }

    private CpuBudget(long millis, String purpose, @Nullable CpuBudget whole) {
        this.millis = millis;
        this.purpose = purpose;
        this.whole = whole;
    }

    /** A part of this budget: at most {@code partMillis}, and never more than what is left here. */
    public CpuBudget part(long partMillis, String partPurpose) {
        return new CpuBudget(partMillis, partPurpose, this);
    }

    /** Takes what a piece of work has used, here and from what this is a part of. */
    public void spend(long nanos) {
        spentNanos += nanos;
        if (whole != null) {
            whole.spend(nanos);
        }
    }

    /** What was taken so far. */
    public long spentNanos() {
        return spentNanos;
    }

    /** Whether nothing is left. */
    public boolean isSpent() {
        return isOwnSpent() || (whole != null && whole.isSpent());
    }

    private boolean isOwnSpent() {
        return spentNanos >= TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** {@code "the 900 s of processor time for the tests of this lab"}; of a part, what is spent. */
    public String describe() {
        if (whole != null && !isOwnSpent() && whole.isSpent()) {
            return whole.describe();
        }
        return "the " + TimeLimits.seconds(millis) + " of processor time " + purpose;
    }
}
