package storagelab.grader.workspace;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.starter.TinyCheckout;
import storagelab.grader.starter.WorkspaceWriter;

class BoardTest {
    @TempDir
    Path temporary;

    private Workspace workspace;

    @BeforeEach
    void start() {
        TinyCheckout.write(temporary.resolve("home"));
        workspace = WorkspaceWriter.start(temporary.resolve("home"), temporary.resolve("w"));
    }

    @Test
    void aNewWorkspaceIsNotStarted() {
        assertThat(states(), contains("1.1 NOT_STARTED ", "1.2 NOT_STARTED ", "1.3 NOT_STARTED "));
        assertThat(Board.of(workspace).points(), is(10));
        assertThat(Board.of(workspace).next().orElseThrow().id(), is("1.1"));
    }

    @Test
    void ofTwoExercisesInAFileOnlyTheEditedOneIsBegun() throws IOException {
        edit("\"1.2\");\n    }", "\"1.2\");\n    }\n    int more;");
        assertThat(states().get(1), is("1.2 NOT_STARTED "));

        edit("throw new ExerciseNotDone(\"1.2\");", "return 3;");
        assertThat(states(), contains("1.1 NOT_STARTED ", "1.2 IN_PROGRESS not tested yet", "1.3 NOT_STARTED "));
    }

    @Test
    void aFileThatIsNotJavaYetIsBegun() throws IOException {
        edit("throw new ExerciseNotDone(\"1.1\");", "return (;");

        assertThat(states().get(0), is("1.1 IN_PROGRESS not tested yet"));
    }

    @Test
    void aVerdictCountsForTheTextThatItWasGivenFor() throws IOException {
        edit("throw new ExerciseNotDone(\"1.1\");", "return 1;");
        verdict("1.1", 4, 4);
        assertThat(states().get(0), is("1.1 PASSED "));
        assertThat(Board.of(workspace).earned(), is(2));

        edit("return 1;", "return 2;");
        assertThat(states().get(0), is("1.1 IN_PROGRESS changed since 4 of 4 tests passed"));

        verdict("1.1", 1, 4);
        assertThat(states().get(0), is("1.1 IN_PROGRESS 1 of 4 tests passed"));
    }

    @Test
    void afterAnExerciseComesTheNextOfItsLabAndThenTheFirstThatIsLeft() throws IOException {
        edit("throw new ExerciseNotDone(\"1.2\");", "return 3;");
        verdict("1.2", 4, 4);
        assertThat(Board.of(workspace).nextAfter("1.2").orElseThrow().id(), is("1.3"));

        workspace.save(workspace.unlocked().with("1.3", "2026-01-01T00:00:00Z"));
        assertThat(Board.of(workspace).nextAfter("1.3").orElseThrow().id(), is("1.1"));
    }

    @Test
    void anUnlockedExerciseEarnsNothingAndIsNotNext() {
        workspace.save(workspace.unlocked().with("1.1", "2026-01-01T00:00:00Z"));

        assertThat(states().get(0), is("1.1 UNLOCKED taken from the reference"));
        assertThat(Board.of(workspace).earned(), is(0));
        assertThat(Board.of(workspace).next().orElseThrow().id(), is("1.2"));
    }

    @Test
    void labsToComeAreOnTheBoard() {
        Board board = Board.ofReference(CourseCatalog.scan(temporary.resolve("home")));

        assertThat(board.labs().get(1).title(), is("things to come"));
        assertThat(board.labs().get(1).published(), is(false));
        assertThat(board.labs().get(0).exercises().get(0).state(), is(Board.State.REFERENCE));
    }

    private List<String> states() {
        return Board.of(workspace).labs().get(0).exercises().stream()
                .map(row -> row.id() + " " + row.state() + " " + row.note())
                .toList();
    }

    private void edit(String from, String to) throws IOException {
        Path file = workspace.file(TinyCheckout.PAIR);
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    private void verdict(String id, int passed, int total) {
        String hash = SourceHash.of(workspace.root(), workspace.course().exercise(id));
        workspace.save(
                workspace.progress().with(id, new Progress.Verdict(passed, total, hash, "2026-01-01T00:00:00Z")));
    }
}
