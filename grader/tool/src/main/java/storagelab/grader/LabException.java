package storagelab.grader;

/**
 * Something the person at the keyboard can put right: one sentence that says what is wrong and one that says what to do
 * next. The command line prints both and no stack trace.
 */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit code of a command that was called wrongly (the {@code EX_USAGE} of {@code sysexits.h}). */
    public static final int USAGE = 64;

    /** Exit code of a command that was called rightly and could not do its work. */
    public static final int FAILED = 2;

    private final String nextStep;
    private final int exitCode;

    private LabException(String sentence, String nextStep, int exitCode) {
        super(sentence);
        this.nextStep = nextStep;
        this.exitCode = exitCode;
    }

    /** The command could not do its work. */
    public LabException(String sentence, String nextStep) {
        this(sentence, nextStep, FAILED);
    }

    /** The command was called wrongly. */
    public static LabException usage(String sentence, String nextStep) {
        return new LabException(sentence, nextStep, USAGE);
    }

    /** What to do next, one sentence. */
    public String nextStep() {
        return nextStep;
    }

    /** What the process exits with. */
    public int exitCode() {
        return exitCode;
    }
}
