package storagelab.grader.audit;

import java.io.IOException;

/** One claim about the course, and how it is put to the test. */
public interface AuditCheck {
    /** One word for the command line: {@code "zoo"}. */
    String name();

    /** What holds if nothing is found, as a sentence without its full stop. */
    String claim();

    /** Whether it runs tests under the limits of {@link AuditScope#limits}. */
    default boolean runsTests() {
        return true;
    }

    /** Looks for whatever speaks against the claim. */
    CheckResult run(AuditScope scope) throws IOException, InterruptedException;
}
