package storagelab.grader.model;

/**
 * The end of one test.
 *
 * @param id stable name: simple class name, dot, method, such as {@code "BinarySearchTest.findsEveryElement"}
 * @param kind whether students have the test
 * @param name the property in words, as on the report
 * @param verdict how it ended
 * @param message which contract broke, on what input, and what was seen; empty when it passed
 * @param millis wall clock from the test's start to its end
 * @param points what it is worth
 * @param earned what it brought, {@code 0} or {@code points}
 * @param location where in the student's code it broke, such as {@code "BinarySearch.indexOf(BinarySearch.java:31)"};
 *     empty when unknown
 */
public record TestResult(
        String id,
        TestKind kind,
        String name,
        Verdict verdict,
        String message,
        long millis,
        double points,
        double earned,
        String location) {}
