package storagelab.grader.run;

import java.io.IOException;

/** A submission could not be graded, for a reason that says nothing about it. The message is the reason, in words. */
public final class NotGradedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason in words, for every report
     * @param cause what happened
     */
    public NotGradedException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /**
     * @param reason in words, for every report
     */
    public NotGradedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Why, in words. */
    public String reason() {
        return reason;
    }
}
