package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.course.Difficulty;
import storagelab.grader.LabException;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.skeleton.ExerciseSkeleton;
import storagelab.grader.skeleton.NewExercise;

/** What {@code lab new-exercise} writes, in a course of one lab. */
@Tag("same-on-every-jdk")
class NewExerciseTest {
    private static final String TYPE = "storagelab.mini.sums.Doubler";

    @TempDir
    private Path home;

    private MiniCourse course;

    @BeforeEach
    void courseOfOneExercise() throws IOException {
        course = new MiniCourse(home);
        course.write("grader/course/lab-01/pom.xml", "<project/>\n");
    }

    @Test
    @DisplayName("compiles, and every check of the audit holds but those that ask for what its author has to say")
    void skeletonFits() throws Exception {
        List<Path> written = write("1.2", TYPE, 5, List.of("1.1"));

        assertThat(written, hasSize(11));
        for (String check : List.of("reference", "starter", "not-started", "missing", "needs", "zoo", "contracts")) {
            List<String> findings = course.audit(check).findings().stream()
                    .filter(finding -> finding.contains("1.2"))
                    .toList();
            assertThat("findings of " + check, findings, is(empty()));
        }
        List<String> complete = course.audit("complete").findings();
        assertThat(complete, hasItem("the exercises of lab 1 bring 105 points and not 100"));
        assertThat(complete, hasItem("exercise 1.2 still has the TODO of its skeleton: Doubler.java, line 6, 11"));
        assertThat(complete, hasItem(containsString("of its skeleton: Negated.edit, line 4")));
        assertThat(complete, hasItem("the README's row of exercise 1.2 does not say what the student writes"));
    }

    @Test
    @DisplayName("filled in, it is complete")
    void filledIn() throws Exception {
        course.replace(MiniCourse.REFERENCE, "points = 100", "points = 95");
        course.replace(MiniCourse.README, "| 100 |", "| 95 |");
        for (Path file : write("1.2", TYPE, 5, List.of())) {
            String text = Files.readString(home.resolve(file));
            course.write(file.toString(), text.replace("TODO", "Said"));
        }

        assertThat(course.audit("complete").findings(), everyItem(not(containsString("1.2"))));
        assertThat(course.audit("complete").findings(), everyItem(not(containsString("points and not"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1.3  | storagelab.mini.Doubler | 5 | The next exercise of lab 1 is 1.2, and not 1.3.
                    1.1  | storagelab.mini.Doubler | 5 | The next exercise of lab 1 is 1.2, and not 1.1.
                    2.1  | storagelab.mini.Doubler | 5 | There is no lab 2. There are labs 1 to 1.
                    two  | storagelab.mini.Doubler | 5 | 'two' is not the number of an exercise; those look like 3.9.
                    1.2  | Doubler                 | 5 | 'Doubler' is not the full name of a class below storagelab.
                    1.2  | storagelab.mini.../x.X  | 5 | 'storagelab.mini.../x.X' is not the full name of a class below storagelab.
                    1.2  | storagelab.mini.Doubler | 0 | An exercise brings points and takes hours; here are 0 points and 3.0 hours.
                    1.2  | storagelab.mini.Adder   | 5 | lab-01-mini/src/main/java/storagelab/mini/Adder.java is there already, and nothing was written.
                    """)
    @DisplayName("is refused with the reason, and nothing is written")
    void refused(String id, String type, int points, String reason) throws IOException {
        List<Path> before = files();
        LabException refused = assertThrows(LabException.class, () -> write(id, type, points, List.of()));
        assertThat(refused.getMessage(), is(reason));
        assertThat(files(), is(before));
    }

    @Test
    @DisplayName("is refused when it needs an exercise that is not there, and nothing is written")
    void unknownNeeds() throws IOException {
        List<Path> before = files();
        LabException refused = assertThrows(LabException.class, () -> write("1.2", TYPE, 5, List.of("1.7")));
        assertThat(refused.getMessage(), is("There is no exercise 1.7. Lab 1 has 1.1 to 1.1."));
        assertThat(files(), is(before));
    }

    @Test
    @DisplayName("its row is the last of the table of exercises")
    void row() throws IOException {
        String before = Files.readString(home.resolve(MiniCourse.README));
        course.write(MiniCourse.README, before + "\nWhat comes after the table.\n");
        write("1.2", TYPE, 5, List.of("1.1"));
        assertThat(
                Files.readString(home.resolve(MiniCourse.README)),
                is(
                        before
                                + "| 1.2 | TODO: what the student writes | 5 | hard | 3 | 1.1 |\n\nWhat comes after the table.\n"));
    }

    private List<Path> write(String id, String type, int points, List<String> needs) throws IOException {
        NewExercise exercise = new NewExercise(id, type, "Double", points, Difficulty.HARD, 3, needs);
        return ExerciseSkeleton.write(home, CourseCatalog.scan(home), exercise);
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        FileUtils.listFiles(home.toFile(), null, true).forEach(file -> files.add(home.relativize(file.toPath())));
        files.sort(null);
        return files;
    }
}
