package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabCalls.Said;

/** What {@code lab grade} says when it cannot grade. */
class GradeCommandTest {
    private static final LabCalls LAB =
            new LabCalls(Path.of("../..").toAbsolutePath().normalize());

    @TempDir
    Path directory;

    @Test
    void everyDirectoryHasAResultWhateverItIs() throws Exception {
        Files.createDirectory(directory.resolve("empty"));
        Files.createFile(directory.resolve("archive.zip"));

        Said said = LAB.in(directory, "grade", "empty", "archive.zip", "missing", "--no-bench", "--out", "reports");

        assertThat(said.err(), said.exit(), is(LabException.FAILED));
        assertThat(said.out(), containsString("! has no lab-01-binary-search, lab-02-bounds, "));
        assertThat(said.out(), containsString("Score 0 / "));
        assertThat(said.out(), containsString("Could not be graded: "));
        assertThat(said.out(), containsString("archive.zip is not a directory."));
        assertThat(said.out(), containsString("missing is not a directory."));
        assertThat(
                Files.readString(directory.resolve("reports/missing/result.json")),
                containsString("\"graded\": false"));
    }

    @Test
    void singleFileIsRefused() throws Exception {
        Files.createFile(directory.resolve("archive.zip"));

        Said said = LAB.in(directory, "grade", "archive.zip", "--no-bench");

        assertThat(said.exit(), is(LabException.FAILED));
        assertThat(said.err(), containsString("archive.zip is not a directory."));
        assertThat(said.err(), containsString("unpack an archive first"));
    }

    @Test
    void placeForReportsIsTriedBeforeAnythingIsGraded() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        Said said = LAB.in(directory, "grade", "missing", "--no-bench", "--out", "file");

        assertThat(said.exit(), is(LabException.FAILED));
        assertThat(said.err(), containsString("Reports cannot be written into " + file + "."));
    }

    @Test
    void commandThatReproducesIsQuotedForTheShell() {
        assertThat(GradeCommand.quoted("submissions/ada-1"), is("submissions/ada-1"));
        assertThat(GradeCommand.quoted("two words"), is("'two words'"));
        assertThat(GradeCommand.quoted("it's"), is("'it'\\''s'"));
        assertThat(GradeCommand.quoted("$(x)"), is("'$(x)'"));
    }
}
