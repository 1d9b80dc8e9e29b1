package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;
import storagelab.grader.audit.AttacksCheck.SandboxSource;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.run.Sandboxes;
import storagelab.grader.run.TimeLimits;

/** The check of attacks notices what it is there for: here are attacks that get through, and honest work that is not accepted. */
class AttacksCheckTest {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

    private static final String SEARCH = """
            public final class BinarySearch {
                public static int indexOf(IntSequence sorted, int target) {
                    %s
                }
            }
            """;

    private static CheckResult result;

    @BeforeAll
    static void gradeAMiniCorpus(@TempDir Path corpus) throws Exception {
        attack(corpus, "gets-points", "wall: judge", "base: solved", "");
        attack(
                corpus,
                "is-stopped",
                "wall: rules",
                "behind: limits",
                "\n" + SEARCH.formatted("System.exit(0); return -1;"));
        attack(
                corpus,
                "reaches-something",
                "wall: rules",
                "behind: sandbox",
                "\n" + SEARCH.formatted("throw new IllegalStateException(System.getProperty(\"x\", \"REACHED\"));"));
        attack(
                corpus,
                "does-not-fit",
                "wall: judge",
                "base: starter",
                "// edit: src/main/java/storagelab/search/BinarySearch.java\n@@\n-no such line\n");
        attack(corpus, "has-no-wall", "base: starter", "flag: nothing", "");
        write(
                corpus.resolve("honest/is-accepted.txt"),
                "// tries: it\n// exercise: 1.1\n// base: solved\n// earns: all\n");
        write(
                corpus.resolve("honest/is-not-accepted.txt"),
                "// tries: it\n// exercise: 1.1\n// earns: all\n// verdict: passed\n// says: well done\n");
        result = check(corpus, Sandboxes::confined);
    }

    private static void attack(Path corpus, String name, String first, String second, String rest) throws IOException {
        String type = rest.contains("class BinarySearch") ? "// type: storagelab.search.BinarySearch\n" : "";
        write(
                corpus.resolve("hostile").resolve(name + ".java"),
                "// tries: it\n// exercise: 1.1\n" + type + "// earns: 0\n// " + first + "\n// " + second + "\n"
                        + rest);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static CheckResult check(Path corpus, SandboxSource sandboxes) throws Exception {
        Course course = CourseCatalog.scan(HOME);
        PrintWriter silent = new PrintWriter(Writer.nullWriter());
        AuditScope scope = new AuditScope(HOME, course, course.labs(), Set.of(), true, 1, 1, silent, new TimeLimits(2));
        return new AttacksCheck(sandboxes, corpus).run(scope);
    }

    private static List<String> findings(String trial) {
        return result.findings().stream()
                .filter(finding -> finding.contains(trial))
                .toList();
    }

    @Test
    void anAttackThatGetsPointsIsFound() {
        assertThat(findings("gets-points"), hasItem(startsWith("hostile/gets-points: it has 4.0 points and not 0")));
    }

    @Test
    void anAttackThatNothingStopsBehindTheRulesIsFound() {
        assertThat(
                findings("reaches-something"),
                contains(startsWith(
                        "hostile/reaches-something: without the rules, it is stopped by passes and not by sandbox")));
    }

    @Test
    void honestWorkThatLosesPointsIsFoundAndSoIsASentenceThatIsNotSaid() {
        assertThat(
                findings("is-not-accepted"),
                allOf(
                        hasItem(containsString("it has 0.0 points and not all")),
                        hasItem(containsString("the verdict is [not started] and not [passed]")),
                        hasItem(containsString("nothing says 'well done'"))));
    }

    @Test
    void whatIsAsItMustBeIsNoFinding() {
        assertThat(findings("is-stopped"), is(empty()));
        assertThat(findings("is-accepted"), is(empty()));
        assertThat(result.counts().get(Count.ATTACKS), is(3L));
        assertThat(result.counts().get(Count.HONEST), is(2L));
    }

    @Test
    void aFileThatDoesNotFitTheCourseIsFound() {
        assertThat(
                findings("does-not-fit"), contains(containsString("does not fit the course: these lines are not in")));
        assertThat(findings("has-no-wall"), contains(is("has-no-wall: its head has no line '// wall: …'")));
    }

    @Test
    void withoutASandboxTheCheckFailsAndSaysSo(@TempDir Path corpus) throws Exception {
        CheckResult none = check(corpus, () -> {
            throw new LabException("There is none.", "Install one.");
        });

        assertThat(none.holds(), is(false));
        assertThat(
                none.findings(),
                contains("NO ATTACK WAS TRIED, because no sandbox works here: There is none. Install one."));
    }

    @Test
    void changedFilesOfTheCheckoutAreFound(@TempDir Path home) throws Exception {
        write(home.resolve("lab-01/src/A.java"), "class A {}");
        write(home.resolve("grader/target/audit/work"), "1");
        CheckoutState content = CheckoutState.byContent(home);
        CheckoutState changes = CheckoutState.byChanges(home);
        write(home.resolve("grader/target/audit/work"), "2");
        assertThat(changes.changesTo(CheckoutState.byChanges(home)), is(empty()));

        write(home.resolve("lab-01/src/A.java"), "class B {}");
        write(home.resolve("lab-01/src/C.java"), "class C {}");

        assertThat(
                content.changesTo(CheckoutState.byContent(home)), contains("lab-01/src/A.java", "lab-01/src/C.java"));
        assertThat(
                changes.changesTo(CheckoutState.byChanges(home)), contains("lab-01/src/A.java", "lab-01/src/C.java"));
    }

    @Test
    void filesAndProcessesThatAreLeftBehindAreFound(@TempDir Path stage) throws Exception {
        Remains remains = new Remains(Sandboxes.confined(), 100);
        remains.shareReadOnly(stage);
        Process process = new ProcessBuilder(
                        "tail",
                        "-f",
                        Files.writeString(stage.resolve("log"), "").toString())
                .start();
        try {
            assertThat(
                    remains.look(),
                    contains(is("files were left behind in " + stage), is("a process was left behind")));
            assertThat("looked at once", remains.look(), is(empty()));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatIsReadChangedOrCalledOutsideIsFound(@TempDir Path directory) throws Exception {
        try (Outside outside = Outside.open(directory, HOME.resolve("pom.xml"))) {
            Path secret = Path.of(outside.fill("@OUTSIDE@/home/secret.txt"));
            String read = Files.readString(secret).strip();
            assertThat(outside.harm("nothing"), is(empty()));

            assertThat(outside.harm("read: " + read), contains("a file outside of the sandbox was read"));
            Files.writeString(secret, "changed");
            new Socket("127.0.0.1", Integer.parseInt(outside.fill("@PORT@"))).close();

            assertThat(
                    outside.harm("nothing"),
                    contains(
                            "a file outside of the sandbox was changed",
                            "something outside of the sandbox was called"));
            assertThat(outside.fill("@SOCKET@"), is(not("@SOCKET@")));
        }
    }
}
