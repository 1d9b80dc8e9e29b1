package storagelab.grader.run;

/** A submission can't be run safely here; the message says why and what to do, in one sentence. */
public final class SandboxUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public SandboxUnavailableException(String message) {
        super(message);
    }
}
