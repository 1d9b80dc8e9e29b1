package storagelab.grader.grade;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.TimeLimits;

@DisplayName("Labs that build on each other")
@Tag("same-on-every-jdk")
class TwoScoresTest {
    private static final String TABLE = "storagelab/sortedlog/SortedTable.java";

    /** Exercise 2.6, and 2.1, which it needs. */
    private static final List<String> TABLE_CURSOR =
            List.of("storagelab/bounds/Bounds.java", "storagelab/cursor/TableCursor.java");

    /** What becomes of lab 3 when 1 and 3 are finished, and 2 is not begun. */
    private static GradeResult untouchedInTheMiddle;

    /** What becomes of 2.6 when lab 1 has a fault. */
    private static GradeResult faultBelow;

    /** What becomes of 2.6 when lab 1 is the reference. */
    private static GradeResult onTheReference;

    /** Three gradings, two at a time. Of lab 2 only 2.6 is finished where that is enough: the store of 2.8 takes long. */
    @BeforeAll
    static void grade(@TempDir Path home) throws Exception {
        SortedMap<String, String> broken = lab(1).reference();
        String table = broken.getOrDefault(TABLE, "");
        broken.put(
                TABLE,
                table.replaceFirst(
                        "(public List<Entry> readBlock\\(int \\w+\\) \\{)", "$1 if (true) { return List.of(); }"));
        assertThat(broken.get(TABLE), is(not(table)));
        submit(home.resolve("untouched"), 1, lab(1).reference());
        submit(home.resolve("untouched"), 2, lab(2).starter());
        submit(home.resolve("untouched"), 3, lab(3).reference());
        submit(home.resolve("fault"), 1, broken);
        submit(home.resolve("fault"), 2, starterOfLab2WithTableCursor());
        submit(home.resolve("reference"), 1, lab(1).reference());
        submit(home.resolve("reference"), 2, starterOfLab2WithTableCursor());
        ExecutorService graders = Executors.newFixedThreadPool(2);
        try {
            Future<GradeResult> first = graders.submit(() -> grade(home.resolve("untouched"), 2, 3));
            Future<GradeResult> second = graders.submit(() -> grade(home.resolve("fault"), 2));
            Future<GradeResult> third = graders.submit(() -> grade(home.resolve("reference"), 2));
            untouchedInTheMiddle = first.get();
            faultBelow = second.get();
            onTheReference = third.get();
        } finally {
            graders.shutdownNow();
        }
    }

    private static LabSources lab(int number) throws IOException {
        return LabSources.read(SampleLab.HOME, SampleLab.COURSE.lab(number));
    }

    private static SortedMap<String, String> starterOfLab2WithTableCursor() throws IOException {
        SortedMap<String, String> texts = lab(2).starter();
        for (String path : TABLE_CURSOR) {
            assertThat(texts.put(path, lab(2).reference().getOrDefault(path, "")), is(notNullValue()));
        }
        return texts;
    }

    private static void submit(Path submission, int number, SortedMap<String, String> texts) throws IOException {
        Path main = submission.resolve(SampleLab.COURSE.lab(number).module()).resolve(LabSources.MAIN);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = main.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    private static GradeResult grade(Path submission, Integer... labs) throws Exception {
        GradeContext context = SampleLab.context();
        return new GradePipeline(context, new GradeOptions(Set.of(labs), 7, TimeLimits.standard()))
                .grade(submission, "./lab grade w");
    }

    private static ExerciseResult exercise(GradeResult result, String id) {
        return result.labs().stream()
                .flatMap(lab -> lab.exercises().stream())
                .filter(exercise -> exercise.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static OwnLabsResult second(GradeResult result, String id) {
        OwnLabsResult second = exercise(result, id).onOwnLabs();
        assertThat(id, second, is(notNullValue()));
        return Objects.requireNonNull(second);
    }

    @Test
    @DisplayName("are each charged for their own: with 1 and 3 finished and 2 untouched, only lab 2 costs points")
    void untouchedLabInTheMiddle() {
        LabResult two = untouchedInTheMiddle.labs().get(0);
        LabResult three = untouchedInTheMiddle.labs().get(1);
        assertThat(two.earned(), is(0.0));
        for (ExerciseResult exercise : three.exercises()) {
            assertThat(exercise.id() + ": " + exercise.message(), exercise.verdict(), is(Verdict.PASSED));
        }
        assertThat(three.earned(), is(three.points()));
        assertThat("a tree stands alone", exercise(untouchedInTheMiddle, "3.1").onOwnLabs(), is(nullValue()));
        OwnLabsResult snapshots = second(untouchedInTheMiddle, "3.8");
        assertThat(snapshots.verdict(), is(Verdict.BLOCKED));
        assertThat(snapshots.message(), containsString("blocked by exercise 2."));
        assertThat(three.earnedOnOwnLabs(), is(lessThan(three.earned())));
    }

    @Test
    @DisplayName("show what a fault below does to the labs above, and charge it below")
    void faultBelow() {
        assertThat(exercise(faultBelow, "2.6").verdict(), is(Verdict.PASSED));
        assertThat(second(faultBelow, "2.6").verdict(), is(Verdict.FAILED));
        assertThat(
                second(faultBelow, "2.6").earned(),
                is(lessThan(exercise(faultBelow, "2.6").earned())));
    }

    @Test
    @DisplayName("have one score where the labs below are the reference's, or are not there")
    void oneScore() {
        assertThat(exercise(onTheReference, "2.6").verdict(), is(Verdict.PASSED));
        assertThat(onTheReference.labs().get(0).hasSecondScore(), is(false));
    }
}
