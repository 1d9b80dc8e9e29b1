package storagelab.grader.course;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;

class CourseCatalogTest {
    @TempDir
    Path home;

    @BeforeEach
    void threeModules() throws IOException {
        Files.createDirectories(home.resolve("lab-01-first/src/main/java/x"));
        Files.createDirectories(home.resolve("lab-02-second/src/main/java/y"));
        Files.createDirectories(home.resolve("grader/tool/src"));
        Files.writeString(home.resolve("lab-01-first/README.md"), "\n# Lab 1: The first one\n\n# Another\n");
    }

    @Test
    void readsEveryElementOfAnExercise() throws IOException {
        source("lab-01-first/src/main/java/x/A.java", """
                package x;
                class A {
                    @Exercise(
                            id = "1.1", title = "Find " + "it", points = 7,
                            difficulty = Difficulty.HARD, hours = 1.5)
                    int find() { return 1; }

                    static class Inner {
                        @storagelab.course.Exercise(
                                id = "1.2", title = "Sort it", points = 3, difficulty = EASY, hours = 2, needs = "1.1")
                        Inner() {}
                    }
                }
                """);

        Course course = CourseCatalog.scan(home);

        String file = "lab-01-first/src/main/java/x/A.java";
        assertThat(
                course.lab(1).exercises(),
                contains(
                        new ExerciseSpec("1.1", "Find it", 7, Difficulty.HARD, 1.5, List.of(), List.of(file)),
                        new ExerciseSpec("1.2", "Sort it", 3, Difficulty.EASY, 2.0, List.of("1.1"), List.of(file))));
    }

    @Test
    void labsAreNamedByTheirReadmeAndPublishedOnceTheyHaveExercises() throws IOException {
        exercise("lab-01-first/src/main/java/x/A.java", "1.1", "");

        Course course = CourseCatalog.scan(home);

        assertThat(course.lab(1).title(), is("The first one"));
        assertThat(course.lab(1).published(), is(true));
        assertThat(course.lab(2).title(), is("lab-02-second"));
        assertThat(course.lab(2).published(), is(false));
    }

    @Test
    void exercisesAreInTheOrderOfTheirNumbersNotTheirLetters() throws IOException {
        for (String id : new String[] {"1.10", "1.9", "1.1"}) {
            exercise("lab-01-first/src/main/java/x/A" + id.replace('.', '_') + ".java", id, "");
        }

        assertThat(CourseCatalog.scan(home).exercises().map(ExerciseSpec::id).toList(), contains("1.1", "1.9", "1.10"));
    }

    @Test
    void partsInOtherFilesBelongToTheExercise() throws IOException {
        exercise("lab-01-first/src/main/java/x/B.java", "1.1", "");
        source("lab-01-first/src/main/java/x/A.java", "package x; @ExercisePart(\"1.1\") class A {}");

        assertThat(
                CourseCatalog.scan(home).exercise("1.1").files(),
                contains("lab-01-first/src/main/java/x/B.java", "lab-01-first/src/main/java/x/A.java"));
    }

    @Test
    void anIdDeclaredTwiceIsRefusedWithBothPlaces() throws IOException {
        exercise("lab-01-first/src/main/java/x/A.java", "1.1", "");
        exercise("lab-01-first/src/main/java/x/B.java", "1.1", "");

        String message = refused();
        assertThat(message, containsString("B.java:2: exercise 1.1 is already declared in"));
        assertThat(message, containsString("A.java:2"));
    }

    @Test
    void anIdOfAnotherLabIsRefused() throws IOException {
        exercise("lab-02-second/src/main/java/y/A.java", "1.1", "");

        assertThat(refused(), containsString("the id \"1.1\" should be 2, a dot and a number"));
    }

    @Test
    void aPartOfNothingIsRefused() throws IOException {
        source("lab-01-first/src/main/java/x/A.java", "package x;\nclass A { @ExercisePart(\"1.3\") void f() {} }");

        assertThat(refused(), containsString("A.java:2: @ExercisePart(\"1.3\") belongs to no exercise of lab 1"));
    }

    @Test
    void aNeedMustBeAnEarlierExercise() throws IOException {
        exercise("lab-01-first/src/main/java/x/A.java", "1.1", ", needs = {\"1.2\"}");
        exercise("lab-01-first/src/main/java/x/B.java", "1.2", "");

        assertThat(refused(), containsString("exercise 1.1 needs 1.2, which is not an earlier exercise"));
    }

    @Test
    void anExerciseWithoutPointsIsRefused() throws IOException {
        source(
                "lab-01-first/src/main/java/x/A.java",
                "package x;\nclass A { @Exercise(id = \"1.1\", title = \"t\", difficulty = EASY, hours = 1) void f() {} }");

        assertThat(refused(), containsString("A.java:2: @Exercise without points"));
    }

    @Test
    void jsonKeepsEverything() throws IOException {
        exercise("lab-01-first/src/main/java/x/A.java", "1.1", "");
        exercise("lab-01-first/src/main/java/x/B.java", "1.2", ", needs = \"1.1\"");
        Course course = CourseCatalog.scan(home);
        Path json = home.resolve("course.json");
        Files.writeString(json, course.toJson());

        assertThat(Course.read(json), equalTo(course));
    }

    @Test
    void anUnknownExerciseIsAnsweredWithThoseThereAre() throws IOException {
        exercise("lab-01-first/src/main/java/x/A.java", "1.1", "");
        exercise("lab-01-first/src/main/java/x/B.java", "1.10", "");
        Course course = CourseCatalog.scan(home);

        LabException unknown = assertThrows(LabException.class, () -> course.exercise("1.99"));
        assertThat(unknown.getMessage(), is("There is no exercise 1.99. Lab 1 has 1.1 to 1.10."));
        assertThat(unknown.nextStep(), is("See ./lab status."));
        assertThat(unknown.exitCode(), is(64));
        assertThat(
                assertThrows(LabException.class, () -> course.select("2.1")).getMessage(),
                is("There is no exercise 2.1: lab 2 is not yet published."));
        assertThat(
                assertThrows(LabException.class, () -> course.select("2")).getMessage(),
                is("Lab 2 is not yet published."));
        assertThat(
                assertThrows(LabException.class, () -> course.select("8")).getMessage(),
                is("There is no lab 8. There are labs 1 to 2."));
        assertThat(
                assertThrows(LabException.class, () -> course.select("one")).getMessage(),
                is("'one' is neither a lab, such as 1, nor an exercise, such as 1.4."));
    }

    private String refused() {
        return String.valueOf(
                assertThrows(LabException.class, () -> CourseCatalog.scan(home)).getMessage());
    }

    private void exercise(String path, String id, String more) throws IOException {
        String annotation = "@Exercise(id = \"%s\", title = \"t\", points = 1, difficulty = EASY, hours = 1%s)";
        source(path, "package x;\n" + annotation.formatted(id, more) + "\nclass A {}\n");
    }

    private void source(String path, String text) throws IOException {
        Files.writeString(home.resolve(path), text);
    }
}
