package storagelab.grader.run;

import storagelab.grader.model.Verdict;

/**
 * How one test method ended, in words.
 *
 * @param test which
 * @param verdict what the parent decided
 * @param message why; empty when it passed
 * @param location where in the student's code; empty when unknown
 * @param millis from its start to its end by the parent's clock
 * @param output what it printed, cut
 */
public record TestOutcome(
        PlannedTest test, Verdict verdict, String message, String location, long millis, String output) {
    /** Whether it passed. */
    public boolean passed() {
        return verdict == Verdict.PASSED;
    }

    TestOutcome withOutput(String printed) {
        return new TestOutcome(test, verdict, message, location, millis, printed);
    }
}
