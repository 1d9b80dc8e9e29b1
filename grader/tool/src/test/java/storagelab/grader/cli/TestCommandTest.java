package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.course.Course;
import storagelab.grader.course.Difficulty;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;

/** What a student reads after {@code lab test}. */
class TestCommandTest {
    private static final String MODULE = "lab-01-tiny";
    private static final String PAIR = MODULE + "/src/main/java/tiny/Pair.java";
    private static final String STARTER = """
            package tiny;

            import storagelab.course.ExerciseNotDone;
            import storagelab.course.ExercisePart;

            public final class Pair {
                @ExercisePart("1.1")
                public static int one() {
                    throw new ExerciseNotDone("1.1");
                }

                @ExercisePart("1.2")
                public static int two() {
                    throw new ExerciseNotDone("1.2");
                }
            }
            """;
    private static final String TEST = """
            package tiny;

            import static org.junit.jupiter.api.Assertions.assertEquals;

            import org.junit.jupiter.api.DisplayName;
            import org.junit.jupiter.api.Tag;
            import org.junit.jupiter.api.Test;

            class PairTest {
                @Test
                @Tag("1.1")
                @DisplayName("one is 1")
                void one() {
                    assertEquals(1, Pair.one(), "one()");
                }

                @Test
                @Tag("1.2")
                void twoIsTwiceOne() {
                    assertEquals(2, Pair.two(), "two()");
                }
            }
            """;

    @TempDir
    Path workspace;

    private final LabCalls lab = new LabCalls(null);

    @BeforeEach
    void writeWorkspace() throws IOException {
        List<ExerciseSpec> exercises = List.of(
                new ExerciseSpec("1.1", "One", 2, Difficulty.EASY, 1, List.of(), List.of(PAIR)),
                new ExerciseSpec("1.2", "Two", 3, Difficulty.EASY, 1, List.of("1.1"), List.of(PAIR)));
        write(".lab/course.json", new Course(List.of(new Lab(1, MODULE, "tiny", true, exercises))).toJson());
        write(".lab/starter/" + PAIR, STARTER);
        write(PAIR, STARTER);
        write(MODULE + "/src/test/java/tiny/PairTest.java", TEST);
        for (String given : List.of("ExerciseNotDone.java", "ExercisePart.java")) {
            String path = "src/main/java/storagelab/course/" + given;
            write(
                    MODULE + "/" + path,
                    Files.readString(Path.of("../../lab-01-binary-search").resolve(path)));
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = workspace.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void solve(String exercise, String body) throws IOException {
        String text = Files.readString(workspace.resolve(PAIR));
        write(PAIR, text.replace("throw new ExerciseNotDone(\"" + exercise + "\");", body));
    }

    @Test
    void untouchedExerciseIsNotStarted() {
        LabCalls.Said said = lab.in(workspace, "test", "1.1");

        assertThat(said.out(), startsWith("1.1 One: not started."));
        assertThat(said.exit(), is(1));
    }

    @Test
    void passedExerciseMovesTheBoard() throws IOException {
        solve("1.1", "return 1;");

        LabCalls.Said said = lab.in(workspace, "test", "1.1");

        assertThat(
                said.out(), allOf(startsWith("1.1 One: passed, all 1 tests."), containsString("Next: ./lab test 1.2")));
        assertThat(said.exit(), is(0));
        assertThat(lab.in(workspace, "status").out(), containsString("2 of 5 points."));
    }

    @Test
    void failureIsToldInWordsWithItsPlace() throws IOException {
        solve("1.1", "System.out.println(\"so far\"); throw new IllegalStateException(\"lost\");");

        String out = lab.in(workspace, "test", "1.1").out();

        assertThat(out, containsString("0 of 1 tests passed"));
        assertThat(out, containsString("✗ one is 1"));
        assertThat(out, containsString("IllegalStateException: lost"));
        assertThat(out, containsString("at Pair.one(Pair.java:9)"));
        assertThat(out, containsString("so far"));
    }

    @Test
    void wrongResultIsToldInWords() throws IOException {
        solve("1.1", "return 3;");

        assertThat(lab.in(workspace, "test", "1.1").out(), containsString("one() ==> expected: <1> but was: <3>"));
    }

    @Test
    void exerciseThatNeedsAnotherIsBlocked() throws IOException {
        Files.writeString(workspace.resolve(".lab/home"), "where the reference is\n");
        solve("1.2", "return one() + one();");

        assertThat(
                lab.in(workspace, "test", "1.2").out(),
                allOf(
                        startsWith("1.2 Two: blocked."),
                        containsString("exercise 1.1, which is not done: do it first"),
                        containsString("./lab unlock 1.1")));
    }

    @Test
    void handoutOffersNoReference() throws IOException {
        solve("1.2", "return one() + one();");

        assertThat(
                lab.in(workspace, "test", "1.2").out(),
                allOf(containsString("exercise 1.1, which is not done: do it first."), not(containsString("unlock"))));
    }

    @Test
    void compileErrorIsShownWithItsLine() throws IOException {
        solve("1.1", "return 1");

        String out = lab.in(workspace, "test", "1.1").out();

        assertThat(out, startsWith(PAIR + ":9: ';' expected"));
        assertThat(out, containsString("            return 1\n                    ^"));
        assertThat(out, containsString("1.1 One: Does not compile: Pair.java:9: ';' expected."));
    }

    @Test
    void withoutArgumentTheNextExerciseIsTested() throws IOException {
        solve("1.1", "return 1;");
        lab.in(workspace, "test", "1.1");

        assertThat(lab.in(workspace, "test").out(), startsWith("1.2 Two:"));
    }

    @Test
    void wholeLabIsTestedAtOnce() throws IOException {
        solve("1.1", "return 1;");
        solve("1.2", "return one() + one();");

        LabCalls.Said said = lab.in(workspace, "test", "1");

        assertThat(said.out(), allOf(containsString("1.1 One: passed"), containsString("1.2 Two: passed")));
        assertThat(said.exit(), is(0));
    }

    @Test
    void jsonIsForPrograms() {
        String out = lab.in(workspace, "test", "1.1", "--json").out();

        assertThat(
                JsonParser.parseString(out)
                        .getAsJsonObject()
                        .getAsJsonArray("exercises")
                        .get(0)
                        .getAsJsonObject()
                        .get("verdict")
                        .getAsString(),
                is("NOT_STARTED"));
    }

    @Test
    void watchQuitsOnTheKey() throws IOException {
        solve("1.1", "return 1;");

        LabCalls.Said said = lab.answering("q\n", workspace, "test", "1.1", "--watch");

        assertThat(said.out(), allOf(containsString("passed"), containsString("Waiting for a save")));
        assertThat(said.exit(), is(0));
    }

    @Test
    void outsideAWorkspaceTheNextStepIsNamed(@TempDir Path elsewhere) {
        LabCalls.Said said = lab.in(elsewhere, "test");

        assertThat(said.err(), containsString("./lab start"));
        assertThat(said.out(), not(containsString("passed")));
        assertThat(said.exit(), is(2));
    }
}
