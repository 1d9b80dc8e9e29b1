package storagelab.grader.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All checks, and what follows from them.
 *
 * @param work whether students' work is possible here
 * @param grading whether grading is possible here; null in a handout, which does not grade
 */
public record Diagnosis(boolean work, @Nullable Boolean grading, List<Check> checks) {
    public Diagnosis {
        checks = List.copyOf(checks);
    }

    /** What follows from {@code checks}. */
    static Diagnosis of(List<Check> checks, boolean isCheckout) {
        boolean work = checks.stream().noneMatch(check -> check.forbids() == Check.Forbids.EVERYTHING);
        boolean grading = checks.stream().allMatch(check -> check.forbids() == Check.Forbids.NOTHING);
        return new Diagnosis(work, isCheckout ? grading : null, checks);
    }

    /** Whether all is possible that can be done here. */
    public boolean isFit() {
        return work && !Boolean.FALSE.equals(grading);
    }
}
