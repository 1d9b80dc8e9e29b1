package storagelab.grader.gradebook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.grader.batch.Graded;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;

/** Graded submissions to the exercises 1.1 and 1.2, of 4 and 6 points. */
public final class SampleGraded {
    static final String SECRET = "expected 17 of the hidden input";

    private SampleGraded() {}

    /**
     * A submission.
     *
     * @param part of the points of each exercise that it earns
     */
    public static Graded of(String name, double part) {
        return of(name, List.of(name), null, part, List.of());
    }

    static Graded of(
            String name, List<String> handles, @Nullable String submitted, double part, List<Long> fingerprint) {
        return graded(name, handles, submitted, result(name, part, "", List.of()), fingerprint);
    }

    static Graded notGraded(String name, String reason) {
        return graded(name, List.of(name), null, result(name, 0, reason, List.of()), List.of());
    }

    static Graded graded(
            String name, List<String> handles, @Nullable String submitted, GradeResult result, List<Long> print) {
        return new Graded(name, handles, submitted, false, "content", "key", "2026-11-25T12:00:00Z", result, print);
    }

    static GradeResult result(String name, double part, String notGraded, List<String> flags) {
        List<ExerciseResult> exercises =
                notGraded.isEmpty() ? List.of(exercise("1.1", 4, part), exercise("1.2", 6, part)) : List.of();
        LabResult lab = new LabResult(1, "lab-01", "Sorted logs", 10, 10 * part, exercises, List.of(), List.of());
        return new GradeResult(
                "storage-lab",
                "1.0",
                7,
                "17",
                "Linux",
                name,
                "private root",
                true,
                "2026-11-25T12:00:00Z",
                1_500,
                10 * part,
                10,
                List.of(lab),
                flags,
                "./lab grade " + name,
                notGraded);
    }

    private static ExerciseResult exercise(String id, double points, double part) {
        boolean isPassed = part >= 1;
        List<TestResult> tests = new ArrayList<>();
        tests.add(new TestResult(
                "SearchTest.finds", TestKind.PUBLIC, "finds a key", Verdict.PASSED, "", 3, points / 2, points / 2, ""));
        tests.add(new TestResult(
                "SearchHiddenTest.counts",
                TestKind.HIDDEN,
                "counts its probes",
                isPassed ? Verdict.PASSED : Verdict.FAILED,
                isPassed ? "" : SECRET,
                3,
                points / 2,
                isPassed ? points / 2 : 0,
                isPassed ? "" : "Search.java:12"));
        return new ExerciseResult(
                id,
                "Exercise " + id,
                points,
                points * part,
                isPassed ? Verdict.PASSED : Verdict.FAILED,
                isPassed ? "" : "1 of 2 tests did not pass, among them: " + SECRET,
                tests);
    }
}
