package storagelab.grader.bench.worker;

/** The code that is measured answered wrongly; the message says what was asked and what came back. */
public final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the question and the answer, in a sentence
     */
    public WrongAnswerException(String message) {
        super(message);
    }
}
