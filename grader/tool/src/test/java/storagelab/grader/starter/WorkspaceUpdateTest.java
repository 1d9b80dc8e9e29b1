package storagelab.grader.starter;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.grader.LabException;
import storagelab.grader.workspace.Workspace;

/** A course that changes while students work. */
class WorkspaceUpdateTest {
    private static final String GIVEN = "lab-01-tiny/src/main/java/tiny/Given.java";
    private static final String TEST = "lab-01-tiny/src/test/java/tiny/PairTest.java";

    @TempDir
    Path temporary;

    private Path home;
    private Path mine;

    @BeforeEach
    void checkout() {
        home = temporary.resolve("home");
        mine = temporary.resolve("mine");
        TinyCheckout.write(home);
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
    }

    /** A student solves one file, adds one, and notes something; the course changes everything else. */
    private void workAndChange() throws IOException {
        append(mine.resolve(TinyCheckout.PAIR), "// my work\n");
        Files.writeString(mine.resolve("lab-01-tiny/src/main/java/tiny/Mine.java"), "package tiny; class Mine {}\n");
        Files.writeString(mine.resolve("notes.txt"), "my notes\n");
        Files.writeString(mine.resolve(".lab/progress.json"), "{}\n");
        append(mine.resolve(TEST), "// a test of mine\n");
        append(home.resolve(GIVEN), "// today's\n");
        append(home.resolve(TEST), "// a better test\n");
        append(home.resolve("lab-01-tiny/README.md"), "One more sentence.\n");
    }

    private WorkspaceUpdate.Report update(boolean isHandout) throws IOException {
        if (!isHandout) {
            return WorkspaceUpdate.fromCheckout(home, mine);
        }
        Path newer = temporary.resolve("newer");
        WorkspaceWriter.handout(home, newer);
        append(newer.resolve(TinyCheckout.SINGLE), "// written in the newer handout\n");
        return WorkspaceUpdate.fromHandout(newer, mine);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheStudentHasWrittenStaysAndAllElseIsNew(boolean isHandout) throws IOException {
        if (isHandout) {
            WorkspaceWriter.handout(home, mine);
        } else {
            WorkspaceWriter.start(home, mine);
        }
        String single = Files.readString(mine.resolve(TinyCheckout.SINGLE));
        String before = Workspace.at(mine).orElseThrow().versions().of("lab-01-tiny");
        workAndChange();

        WorkspaceUpdate.Report report = update(isHandout);

        assertThat(report.mine(), contains(TinyCheckout.PAIR));
        assertThat(report.both(), is(empty()));
        assertThat(Files.readString(mine.resolve(TinyCheckout.PAIR)), containsString("// my work"));
        assertThat(Files.exists(mine.resolve("lab-01-tiny/src/main/java/tiny/Mine.java")), is(true));
        assertThat(Files.readString(mine.resolve("notes.txt")), is("my notes\n"));
        assertThat(Files.exists(mine.resolve(".lab/progress.json")), is(true));
        assertThat(Files.readString(mine.resolve(GIVEN)), containsString("// today's"));
        assertThat(Files.readString(mine.resolve(TEST)), containsString("// a better test"));
        assertThat(Files.readString(mine.resolve(TEST)), not(containsString("// a test of mine")));
        Path kept = report.kept().orElseThrow();
        assertThat("nothing is lost", Files.readString(kept.resolve(TEST)), containsString("// a test of mine"));
        assertThat(Files.readString(mine.resolve(TinyCheckout.SINGLE)), is(single));
        assertThat(Files.readString(mine.resolve("lab-01-tiny/README.md")), containsString("One more sentence."));
        assertThat(Files.isExecutable(mine.resolve("lab")), is(true));
        String after = Workspace.at(mine).orElseThrow().versions().of("lab-01-tiny");
        assertThat(after, is(not(before)));
        assertThat(Files.exists(mine.resolve(".lab/home")), is(!isHandout));

        WorkspaceUpdate.Report again = WorkspaceUpdate.fromCheckout(home, mine);
        assertThat("a second update changes nothing", again.replaced(), is(0));
        assertThat(again.kept().isEmpty(), is(true));
    }

    @Test
    void sourceThatBothHaveChangedIsNamed() throws IOException {
        WorkspaceWriter.start(home, mine);
        append(mine.resolve(TinyCheckout.PAIR), "// my work\n");
        append(home.resolve(TinyCheckout.PAIR), "// the task says more\n");

        WorkspaceUpdate.Report report = WorkspaceUpdate.fromCheckout(home, mine);

        assertThat(report.both(), contains(TinyCheckout.PAIR));
        assertThat(Files.readString(mine.resolve(TinyCheckout.PAIR)), containsString("// my work"));
        assertThat(
                Files.readString(mine.resolve(".lab/starter").resolve(TinyCheckout.PAIR)),
                containsString("// the task says more"));
    }

    @Test
    void givenSourceThatIsGoneIsRemovedUnlessItWasChanged() throws IOException {
        WorkspaceWriter.start(home, mine);
        PathUtils.deleteFile(home.resolve(GIVEN));
        PathUtils.deleteFile(home.resolve("lab-01-tiny/hints/1.1.md"));

        WorkspaceUpdate.Report report = WorkspaceUpdate.fromCheckout(home, mine);

        assertThat(report.removed(), contains(GIVEN));
        assertThat(Files.exists(mine.resolve(GIVEN)), is(false));
        assertThat(Files.exists(report.kept().orElseThrow().resolve(GIVEN)), is(true));
        assertThat(Files.exists(mine.resolve(".lab/hints/1.1.md")), is(false));

        TinyCheckout.write(home);
        Path other = temporary.resolve("other");
        WorkspaceWriter.start(home, other);
        append(other.resolve(GIVEN), "// mine\n");
        PathUtils.deleteFile(home.resolve(GIVEN));
        assertThat(WorkspaceUpdate.fromCheckout(home, other).both(), hasItem(GIVEN));
        assertThat(Files.readString(other.resolve(GIVEN)), containsString("// mine"));
    }

    @Test
    void lineEndsOfWindowsAreNoChange() throws IOException {
        WorkspaceWriter.start(home, mine);
        Path file = mine.resolve(TinyCheckout.SINGLE);
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
        append(home.resolve(TinyCheckout.SINGLE), "// newer\n");

        WorkspaceUpdate.Report report = WorkspaceUpdate.fromCheckout(home, mine);

        assertThat(report.mine(), is(empty()));
        assertThat(Files.readString(file), containsString("// newer"));
    }

    @Test
    void whatIsNoWorkspaceIsNotTouched() throws IOException {
        Files.createDirectories(mine);
        LabException refusal = assertThrows(LabException.class, () -> WorkspaceUpdate.fromCheckout(home, mine));
        assertThat(refusal.getMessage(), containsString("is not a workspace, and nothing in it was touched"));
        Path handout = temporary.resolve("handout");
        WorkspaceWriter.handout(home, handout);
        LabException self = assertThrows(LabException.class, () -> WorkspaceUpdate.fromHandout(handout, handout));
        assertThat(self.getMessage(), is("This handout cannot update itself."));
    }
}
