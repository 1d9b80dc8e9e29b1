package storagelab.grader.grade;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;
import storagelab.grader.run.Sandbox;

/**
 * What grading needs besides the submission.
 *
 * @param home the checkout, which has the reference
 * @param course what there is to do
 * @param libraries of the labs and of the tool
 * @param sandbox that submissions run in
 * @param benchmarks how to measure; nothing is measured without
 * @param progress told in a few words what is done next
 * @param clock says when it began
 */
public record GradeContext(
        Path home,
        Course course,
        Libraries libraries,
        Sandbox sandbox,
        Optional<Benchmarks> benchmarks,
        Consumer<String> progress,
        InstantSource clock) {}
