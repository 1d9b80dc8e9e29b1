package storagelab.grader.run;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a {@link TestSession} is to run and to judge.
 *
 * @param selection which tests
 * @param expected the tests that must end well; if empty, whatever the child finds, which only the owner of the code
 *     should believe
 * @param studentClass whether a binary class name is the student's code
 * @param seed of random tests
 * @param timeoutScale factor on every limit, above 1 on a slow machine
 */
public record TestRequest(
        TestSelection selection,
        List<PlannedTest> expected,
        Predicate<String> studentClass,
        long seed,
        double timeoutScale) {
    public TestRequest {
        expected = List.copyOf(expected);
        if (!(timeoutScale > 0)) {
            throw new IllegalArgumentException("timeout scale " + timeoutScale + " is not above 0");
        }
    }
}
