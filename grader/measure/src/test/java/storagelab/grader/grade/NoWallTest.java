package storagelab.grader.grade;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import storagelab.grader.run.OrdinaryUser;
import storagelab.grader.run.OrdinaryUser.Said;

/** Grading by an ordinary user on a machine that has no user namespaces, and so no sandbox. */
class NoWallTest {
    private static final String MAIN = "storagelab.grader.cli.Main";
    private static final String MODULE = "lab-01-binary-search";

    /** Makes a user namespace in which no further ones can be made, and gives up its privileges. */
    private static final List<String> WITHOUT_NAMESPACES = List.of(
            "unshare",
            "--user",
            "--map-current-user",
            "--keep-caps",
            "sh",
            "-c",
            "echo 0 >/proc/sys/user/max_user_namespaces"
                    + " && exec setpriv --inh-caps=-all --ambient-caps=-all --bounding-set=-all \"$@\"",
            "sh");

    /** The same with a user who is root there, and has no privilege. */
    private static final List<String> ROOT_WITHOUT_NAMESPACES = List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "sh",
            "-c",
            "echo 0 >/proc/sys/user/max_user_namespaces"
                    + " && exec setpriv --inh-caps=-all --bounding-set=-all \"$@\"",
            "sh");

    private static OrdinaryUser user;

    @BeforeAll
    static void checkoutAndSubmission() throws IOException {
        user = OrdinaryUser.create();
        Path checkout = user.directory().resolve("checkout");
        write(SampleLab.SOURCES.reference(), checkout, path -> true);
        Files.copy(SampleLab.HOME.resolve(MODULE + "/README.md"), checkout.resolve(MODULE + "/README.md"));
        String publicTests = MODULE + "/target/test-classes";
        FileUtils.copyDirectory(
                SampleLab.HOME.resolve(publicTests).toFile(),
                checkout.resolve(publicTests).toFile());
        Files.createDirectories(checkout.resolve("grader"));
        Files.writeString(checkout.resolve("grader/pom.xml"), "<project/>\n");
        write(
                SampleLab.SOURCES.starter(),
                user.directory().resolve("w"),
                path -> path.startsWith("storagelab/search/"));
        user.own(user.directory());
    }

    private static void write(SortedMap<String, String> texts, Path labs, Predicate<String> wanted) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (wanted.test(text.getKey())) {
                Path file = labs.resolve(MODULE + "/src/main/java/" + text.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, text.getValue());
            }
        }
    }

    @AfterAll
    static void clear() throws IOException {
        user.close();
    }

    @Test
    void withoutAWallNothingIsGraded() throws Exception {
        Said said = user.java(List.of(MAIN, "grade", "w", "--no-bench", "--out", "refused"), WITHOUT_NAMESPACES);

        assertThat(said.output(), said.exitCode(), is(2));
        assertThat(
                said.output(),
                allOf(
                        containsString("Submissions are graded only where they can be confined"),
                        containsString("user.max_user_namespaces"),
                        containsString("--allow-unsandboxed"),
                        not(containsString("Score"))));
        assertThat(Files.exists(user.directory().resolve("refused/result.json")), is(false));
    }

    @Test
    void rootIsRefusedWhateverIsAllowed() throws Exception {
        Said said =
                user.java(List.of(MAIN, "grade", "w", "--no-bench", "--allow-unsandboxed"), ROOT_WITHOUT_NAMESPACES);

        assertThat(said.output(), said.exitCode(), is(2));
        assertThat(said.output(), allOf(containsString("never as root"), not(containsString("Score"))));
    }

    @Test
    void everyReportOfAnUnconfinedGradingSaysSo() throws Exception {
        Said said = user.java(
                List.of(MAIN, "grade", "w", "--no-bench", "--allow-unsandboxed", "--out", "open"), WITHOUT_NAMESPACES);

        assertThat(said.output(), said.exitCode(), is(0));
        assertThat(
                said.output(),
                allOf(containsString("! NOT CONFINED: graded with --allow-unsandboxed"), containsString("Score 0 /")));
        assertThat(
                report("result.json"), allOf(containsString("\"confined\": false"), containsString("NOT CONFINED:")));
        assertThat(report("report.html"), containsString("NOT CONFINED: graded with --allow-unsandboxed"));
        assertThat(
                report("junit.xml"),
                allOf(
                        containsString("name=\"confined\" value=\"false\""),
                        containsString("NONE (--allow-unsandboxed)")));
        assertThat(
                report("results.json"),
                allOf(
                        containsString("\"confined\": false"),
                        containsString("Sandbox: NONE (--allow-unsandboxed)"),
                        containsString("NOT CONFINED:")));
    }

    private static String report(String name) throws IOException {
        return Files.readString(user.directory().resolve("open").resolve(name));
    }

    @Test
    void whereThereIsAWallTheOptionDoesNotTurnItOff() throws Exception {
        Said said = user.java(
                List.of(MAIN, "grade", "w", "--no-bench", "--allow-unsandboxed", "--out", "walled"), List.of());

        assertThat(said.output(), said.exitCode(), is(0));
        assertThat(
                said.output(),
                allOf(
                        containsString("sandbox: private root by "),
                        containsString("--allow-unsandboxed"),
                        not(containsString("NOT CONFINED"))));
    }

    @Test
    void directoriesThatCannotBeReadDoNotEndABatch() throws Exception {
        Path locked = Files.createDirectories(user.directory().resolve("locked"));
        Path closed = Files.createDirectories(
                user.directory().resolve("inside").resolve(MODULE).resolve("src/main/java/storagelab/search"));
        user.own(locked);
        user.own(user.directory().resolve("inside"));
        Files.setPosixFilePermissions(locked, Set.of());
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            Said said = user.java(
                    List.of(MAIN, "grade", "locked", "inside", "w", "--no-bench", "--out", "batch"), List.of());

            assertThat(said.output(), said.exitCode(), is(2));
            Path reports = user.directory().resolve("batch");
            for (String name : List.of("locked", "inside")) {
                assertThat(
                        Files.readString(reports.resolve(name).resolve("result.json")),
                        allOf(
                                containsString("\"graded\": false"),
                                containsString("\"score\": null"),
                                containsString("AccessDeniedException")));
            }
            assertThat(
                    Files.readString(reports.resolve("w").resolve("result.json")), containsString("\"graded\": true"));
        } finally {
            Set<PosixFilePermission> all = PosixFilePermissions.fromString("rwx------");
            Files.setPosixFilePermissions(locked, all);
            Files.setPosixFilePermissions(closed, all);
        }
    }
}
