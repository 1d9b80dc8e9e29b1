package storagelab.grader.grade;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;
import storagelab.grader.rules.SubmissionRules;
import storagelab.grader.run.Sandbox;

/**
 * What grading needs besides the submission.
 *
 * @param home the checkout, which has the reference
 * @param course what there is to do
 * @param libraries of the labs and of the tool
 * @param sandbox that submissions run in
 * @param rules that the classes of submissions are held to
 * @param benchmarks how to measure; nothing is measured without
 * @param progress told in a few words what is done next
 * @param clock says when it began
 */
public record GradeContext(
        Path home,
        Course course,
        Libraries libraries,
        Sandbox sandbox,
        SubmissionRules rules,
        Optional<Benchmarks> benchmarks,
        Consumer<String> progress,
        InstantSource clock) {}
