package storagelab.testkit;

/**
 * What a test is doing, and with which input, for the case that the code under test throws or does not end: then no
 * assertion says it. The runner puts the last step of a test in front of the exception or the time-out.
 *
 * <p>Example: after {@code Step.at("get(apple) of a table of 3 entries")} a {@code get} that throws is reported as
 * {@code "get(apple) of a table of 3 entries: NullPointerException"}.
 *
 * <p>Concurrency: one step for the whole test, the last that any thread named.
 */
public final class Step {
    private static final String PROPERTY = "storagelab.test.step";

    private Step() {}

    /** Says what comes next, until the next step or the end of the test. */
    public static void at(String sentence) {
        System.setProperty(PROPERTY, sentence);
    }

    /** Whether {@code sentence} is the current step. */
    static boolean isAt(String sentence) {
        return sentence.equals(System.getProperty(PROPERTY));
    }

    /** {@code words} after the current step, if there is one. */
    static String before(String words) {
        String step = System.getProperty(PROPERTY, "");
        return step.isEmpty() ? words : step + ": " + words;
    }
}
