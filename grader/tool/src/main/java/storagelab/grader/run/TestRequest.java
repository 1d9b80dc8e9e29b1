package storagelab.grader.run;

import java.util.List;
import java.util.function.Predicate;
import storagelab.grader.course.Edition;

/**
 * What a {@link TestSession} is to run and to judge.
 *
 * @param selection which tests
 * @param expected the tests that must end well; if empty, whatever the child finds, which only the owner of the code
 *     should believe
 * @param studentClass whether a binary class name is the student's code
 * @param seed of random tests
 * @param timeoutScale factor on every limit, above 1 on a slow machine
 * @param edition what the student can do about an exercise that is missing
 * @param hurry divides the limit of each test; 1 at first
 */
public record TestRequest(
        TestSelection selection,
        List<PlannedTest> expected,
        Predicate<String> studentClass,
        long seed,
        double timeoutScale,
        Edition edition,
        int hurry) {
    private static final int IMPATIENT = 4;

    /** A request whose tests have all the time of their limits. */
    public TestRequest(
            TestSelection selection,
            List<PlannedTest> expected,
            Predicate<String> studentClass,
            long seed,
            double timeoutScale,
            Edition edition) {
        this(selection, expected, studentClass, seed, timeoutScale, edition, 1);
    }

    public TestRequest {
        expected = List.copyOf(expected);
        if (!(timeoutScale > 0)) {
            throw new IllegalArgumentException("timeout scale " + timeoutScale + " is not above 0");
        }
    }

    /** The same with a quarter of the time for each test, which is still many times what a test takes that ends. */
    TestRequest impatient() {
        return new TestRequest(selection, expected, studentClass, seed, timeoutScale, edition, IMPATIENT);
    }

    /** How long one test may run. */
    long limitMillis(PlannedTest test) {
        return Math.round(test.limitMillis() * testScale());
    }

    /** The factor on the limits of the tests themselves, without what starting a JVM may take. */
    double testScale() {
        return timeoutScale / hurry;
    }
}
