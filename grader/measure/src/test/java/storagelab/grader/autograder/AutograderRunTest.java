package storagelab.grader.autograder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.cli.LabCalls.Said;

/**
 * An autograder in a root directory as Gradescope has it: {@code /autograder}, the system's programs, root without
 * privileges, no network, no Maven repository and no checkout.
 */
@Tag("same-on-every-jdk")
class AutograderRunTest {
    private static final Path CONTAINER = Autograders.HOME.resolve(".ci/as-gradescope");
    private static final int IMPOSSIBLE = 77;
    private static final String SEARCH = "lab-01-binary-search/src/main/java/storagelab/search/BinarySearch.java";
    private static final int EXERCISES = 10;

    @TempDir
    private static Path shared;

    @TempDir
    Path autograder;

    private static Path archive;
    private static Path starter;

    @BeforeAll
    static void write() {
        archive = Autograders.ofLab1(shared);
        starter = shared.resolve("starter");
        Said said = Autograders.LAB.in(shared, "start", starter.toString());
        assertThat(said.err(), said.exit(), is(0));
    }

    @BeforeEach
    void layOut() throws IOException {
        Autograders.unpack(archive, autograder.resolve("source"));
        Files.createDirectories(autograder.resolve("submission"));
        Files.createDirectories(autograder.resolve("results"));
        Files.writeString(autograder.resolve("submission_metadata.json"), "{\"id\": 1}\n");
    }

    @Test
    void theStarterHasNoPointsAndARowForEachExercise() throws Exception {
        submit(starter, "");

        JsonObject result = run("docker");

        assertThat(result.get("score").getAsDouble(), is(0.0));
        assertThat(rows(result), hasSize(EXERCISES));
        assertThat(output(rows(result).get(0)), startsWith("not started, 0 of "));
        assertThat(result.get("visibility").getAsString(), is("visible"));
        assertThat(result.get("stdout_visibility").getAsString(), is("hidden"));
    }

    @Test
    void aSolvedExerciseBringsItsPointsInAContainerWithoutPrivileges() throws Exception {
        submit(starter, "labs of ada");
        solve("labs of ada");

        JsonObject result = run("docker");

        assertThat(result.get("score").getAsDouble(), is(4.0));
        assertThat(rows(result).get(0).get("status").getAsString(), is("passed"));
        assertThat(
                result.get("output").getAsString(),
                containsString("each of its JVMs ran as a user of its own without privileges"));
        assertThat(isConfined(result), is(false));
        assertThat(permissions("source"), is("rwx------"));
        assertThat(permissions("submission"), is("rwx------"));
        assertThat(permissions("submission_metadata.json"), is("rw-------"));
        assertThat(permissions("results/results.json"), is("rw-r--r--"));
        try (var left = Files.list(autograder.resolve("results"))) {
            assertThat(left.toList(), is(List.of(autograder.resolve("results/results.json"))));
        }
    }

    @Test
    void aContainerThatMayMakeNamespacesConfinesTheSubmission() throws Exception {
        submit(starter, "");
        solve("");

        JsonObject result = run("privileged");

        assertThat(result.get("score").getAsDouble(), is(4.0));
        assertThat(isConfined(result), is(true));
    }

    @Test
    void anEmptySubmissionHasNoPointsAndIsToldSo() throws Exception {
        JsonObject result = run("docker");

        assertThat(result.get("score").getAsDouble(), is(0.0));
        assertThat(rows(result), hasSize(EXERCISES));
        assertThat(
                rows(result).stream().map(AutograderRunTest::output).toList(),
                everyItem(containsString("lab-01-binary-search is not there")));
    }

    @Test
    void aLinkToTheSolutionsBringsNothing() throws Exception {
        Files.createSymbolicLink(autograder.resolve("submission/labs"), Path.of("/autograder/source/course"));

        JsonObject result = run("docker");

        assertThat(result.get("score").getAsDouble(), is(0.0));
    }

    @Test
    void aGraderThatBreaksDownLeavesAValidResultWithoutScore() throws Exception {
        submit(starter, "");
        PathUtils.deleteDirectory(autograder.resolve("source/lib"));

        JsonObject result = run("docker");

        assertThat(result.has("score"), is(false));
        assertThat(
                result.get("output").getAsString(),
                allOf(startsWith("Could not be graded: The grader ended with exit code "), not(containsString("$"))));
        assertThat(rows(result), hasSize(1));
        assertThat(rows(result).get(0).has("score"), is(false));
    }

    private JsonObject run(String kind) throws Exception {
        String jdk = System.getProperty("java.home");
        assumeTrue(jdk.matches("/(usr|opt)/.*"), "NOT TESTED: the JDK is not below /usr or /opt, but in " + jdk);
        assumeTrue(Files.isDirectory(Path.of("/mnt")), "NOT TESTED: this is not Linux");
        ProcessBuilder builder =
                new ProcessBuilder(CONTAINER.toString(), autograder.toString(), kind).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exitCode = process.waitFor();
        assumeTrue(exitCode != IMPOSSIBLE, "NOT TESTED: " + said);
        assertThat(said, exitCode, is(0));
        return JsonParser.parseString(Files.readString(autograder.resolve("results/results.json")))
                .getAsJsonObject();
    }

    private void submit(Path workspace, String folder) throws IOException {
        FileUtils.copyDirectory(
                workspace.toFile(),
                autograder.resolve("submission").resolve(folder).toFile());
    }

    private void solve(String folder) throws IOException {
        Path file = autograder.resolve("submission").resolve(folder).resolve(SEARCH);
        Files.writeString(file, Files.readString(Autograders.HOME.resolve(SEARCH)));
    }

    private static List<JsonObject> rows(JsonObject result) {
        return StreamSupport.stream(result.getAsJsonArray("tests").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String output(JsonObject row) {
        return row.get("output").getAsString();
    }

    private static boolean isConfined(JsonObject result) {
        return result.getAsJsonObject("extra_data").get("confined").getAsBoolean();
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(autograder.resolve(path)));
    }
}
