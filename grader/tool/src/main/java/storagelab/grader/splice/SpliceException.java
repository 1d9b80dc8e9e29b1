package storagelab.grader.splice;

/** A text that does not fit into another: a member or type that it replaces is not there. */
public final class SpliceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SpliceException(String problem) {
        super(problem);
    }
}
