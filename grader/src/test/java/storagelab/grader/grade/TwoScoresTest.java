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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.compile.Libraries;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.Sandboxes;

@DisplayName("Labs that build on each other")
class TwoScoresTest {
    private static final String TABLE = "storagelab/sortedlog/SortedTable.java";

    @TempDir
    Path submission;

    private static LabSources lab(int number) throws IOException {
        return LabSources.read(SampleLab.HOME, SampleLab.COURSE.lab(number));
    }

    private void submit(int number, SortedMap<String, String> texts) throws IOException {
        Path main = submission.resolve(SampleLab.COURSE.lab(number).module()).resolve(LabSources.MAIN);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = main.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    private GradeResult grade(Integer... labs) throws Exception {
        GradeContext context = new GradeContext(
                SampleLab.HOME,
                SampleLab.COURSE,
                Libraries.ofThisTool(),
                Sandboxes.confined(List.of()),
                Optional.empty(),
                what -> {},
                InstantSource.system());
        return new GradePipeline(context, new GradeOptions(Set.of(labs), 7, 3)).grade(submission, "./lab grade w");
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
    void untouchedLabInTheMiddle() throws Exception {
        submit(1, lab(1).reference());
        submit(2, lab(2).starter());
        submit(3, lab(3).reference());

        GradeResult result = grade(2, 3);

        LabResult two = result.labs().get(0);
        LabResult three = result.labs().get(1);
        assertThat(two.earned(), is(0.0));
        for (ExerciseResult exercise : three.exercises()) {
            assertThat(exercise.id() + ": " + exercise.message(), exercise.verdict(), is(Verdict.PASSED));
        }
        assertThat(three.earned(), is(three.points()));
        assertThat("a tree stands alone", exercise(result, "3.1").onOwnLabs(), is(nullValue()));
        OwnLabsResult snapshots = second(result, "3.8");
        assertThat(snapshots.verdict(), is(Verdict.BLOCKED));
        assertThat(snapshots.message(), containsString("blocked by exercise 2."));
        assertThat(three.earnedOnOwnLabs(), is(lessThan(three.earned())));
    }

    @Test
    @DisplayName("show what a fault below does to the labs above, and charge it below")
    void faultBelow() throws Exception {
        SortedMap<String, String> first = lab(1).reference();
        String table = first.getOrDefault(TABLE, "");
        String broken = table.replaceFirst(
                "(public List<Entry> readBlock\\(int \\w+\\) \\{)", "$1 if (true) { return List.of(); }");
        assertThat(broken, is(not(table)));
        first.put(TABLE, broken);
        submit(1, first);
        submit(2, lab(2).reference());

        GradeResult result = grade(2);

        assertThat(exercise(result, "2.6").verdict(), is(Verdict.PASSED));
        assertThat(second(result, "2.6").verdict(), is(Verdict.FAILED));
        assertThat(
                second(result, "2.6").earned(),
                is(lessThan(exercise(result, "2.6").earned())));
    }

    @Test
    @DisplayName("have one score where the labs below are the reference's, or are not there")
    void oneScore() throws Exception {
        submit(1, lab(1).reference());
        submit(2, lab(2).reference());

        assertThat(grade(2).labs().get(0).hasSecondScore(), is(false));
    }
}
