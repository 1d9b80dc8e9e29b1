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
 * @param limits of time
 * @param edition what the student can do about an exercise that is missing
 * @param onTimeOut what follows an expected test that runs out of time
 */
public record TestRequest(
        TestSelection selection,
        List<PlannedTest> expected,
        Predicate<String> studentClass,
        long seed,
        TimeLimits limits,
        Edition edition,
        OnTimeOut onTimeOut) {
    /** What follows a test that runs out of time. */
    public enum OnTimeOut {
        /** It is run again alone, and that run counts. */
        REPEAT,
        /** The session ends, and the rest is not run: for code that is known to be wrong. */
        END
    }

    /** A request that repeats what runs out of time. */
    public TestRequest(
            TestSelection selection,
            List<PlannedTest> expected,
            Predicate<String> studentClass,
            long seed,
            TimeLimits limits,
            Edition edition) {
        this(selection, expected, studentClass, seed, limits, edition, OnTimeOut.REPEAT);
    }

    public TestRequest {
        expected = List.copyOf(expected);
    }
}
