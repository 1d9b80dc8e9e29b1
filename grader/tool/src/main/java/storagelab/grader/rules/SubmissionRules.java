package storagelab.grader.rules;

import java.util.Map;
import java.util.function.Predicate;
import storagelab.grader.rules.ClassRule.Violation;

/** What the classes of a submission are held to before they run. {@link ClassRules#violations} is the rules of this course. */
@FunctionalInterface
public interface SubmissionRules {
    /**
     * What breaks a rule, by source: of each source, the violation of the smallest line.
     *
     * @param classes class files by binary name
     * @param sources path of the source of each class
     * @param isStudentSource whether a source is not as it was handed out
     */
    Map<String, Violation> violations(
            Map<String, byte[]> classes, Map<String, String> sources, Predicate<String> isStudentSource);
}
