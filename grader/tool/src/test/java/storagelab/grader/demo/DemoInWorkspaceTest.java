package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.course.Edition;
import storagelab.grader.starter.WorkspaceWriter;
import storagelab.grader.workspace.Workspace;

/** In a workspace the student's code is measured: what is not done, what is done, and what does not compile. */
class DemoInWorkspaceTest {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final Path SEARCH =
            Path.of("lab-01-binary-search/src/main/java/storagelab/search/BinarySearch.java");

    @TempDir
    private static Path temporary;

    private static Path root;

    @BeforeAll
    static void workspace() {
        root = temporary.resolve("w");
        WorkspaceWriter.start(HOME, root);
    }

    private static DemoClassPath classPath() throws IOException {
        return DemoClassPath.of(Workspace.at(root).orElseThrow());
    }

    private static int run(DemoClassPath classPath, StringWriter said, String... arguments) throws Exception {
        return new DemoProcess(classPath.entries(), root, false, Edition.WITH_REFERENCE)
                .run(List.of(arguments), new PrintWriter(said));
    }

    @Test
    void aStarterListsTheExperimentsAndNamesTheExerciseThatIsMissing() throws Exception {
        StringWriter listed = new StringWriter();
        DemoClassPath starter = classPath();
        assertThat(starter.errors(), is(empty()));
        assertThat(run(starter, listed), is(0));
        assertThat(listed.toString(), containsString("1.fsync"));

        StringWriter missing = new StringWriter();
        assertThat(run(starter, missing, "--quick", "1.resurrection"), is(1));
        assertThat(missing.toString(), containsString("This experiment needs exercise 1.4, which is not done"));
        assertThat(Files.exists(root.resolve("lab-results/1.resurrection")), is(false));
    }

    @Test
    void itIsTheStudentsSearchThatIsCounted() throws Exception {
        String reference = Files.readString(HOME.resolve(SEARCH));
        String peeking = reference.replace("int high = sorted.length();", "int high = sorted.length(); sorted.get(0);");
        Files.writeString(root.resolve(SEARCH), peeking);
        StringWriter said = new StringWriter();
        assertThat(run(classPath(), said, "--quick", "--yes", "1.probes"), is(0));
        assertThat(said.toString(), containsString("in the worst case? 21 keys."));
        assertThat(Files.exists(root.resolve("lab-results/1.probes/plot.svg")), is(true));
    }

    @Test
    void whatDoesNotCompileIsSaidAndMeasuredAsHandedOut() throws Exception {
        Path toy = root.resolve("lab-01-binary-search/src/main/java/storagelab/sortedlog/toy/ToyLog.java");
        String starter = Files.readString(toy);
        Files.writeString(toy, starter.replace("public static ToyLog open(", "public static ToyLog open(("));
        try {
            DemoClassPath classPath = classPath();
            assertThat(classPath.errors().get(0).describe(), containsString("ToyLog.java:"));
            StringWriter said = new StringWriter();
            assertThat(run(classPath, said, "--quick", "1.rebuild-time"), is(1));
            assertThat(said.toString(), containsString("needs exercise 1.2"));
        } finally {
            Files.writeString(toy, starter);
        }
    }
}
