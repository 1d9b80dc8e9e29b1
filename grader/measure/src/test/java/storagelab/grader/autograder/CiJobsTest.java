package storagelab.grader.autograder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabCalls.Said;

/** The jobs of a class: what they are, and what their lines do. */
@DisabledOnOs(OS.WINDOWS)
@Tag("same-on-every-jdk")
class CiJobsTest {
    private static final String SEARCH = "lab-01-binary-search/src/main/java/storagelab/search/BinarySearch.java";

    @TempDir
    Path directory;

    private record Result(int exitCode, String output) {}

    @Test
    void githubsStudentsRunPublicTestsWithoutASecret() throws Exception {
        write("github");
        Path file = directory.resolve("ci/students/.github/workflows/lab.yml");

        Object workflow = yaml(file);

        // YAML 1.1 reads the word "on" as true.
        assertThat(at(workflow, true), is(List.of("push", "pull_request")));
        assertThat(at(workflow, "jobs", "test", "steps", 0, "uses"), is("actions/checkout@v4"));
        assertThat(at(workflow, "jobs", "test", "steps", 1, "with", "distribution"), is("temurin"));
        assertThat(Files.readString(file), allOf(not(containsString("secrets")), not(containsString("autograder"))));
    }

    @Test
    void linesOfGithubsStudentsRunThePublicTestsAndWriteASummary() throws Exception {
        write("github");
        Path workspace = workspace();
        Object steps = at(yaml(directory.resolve("ci/students/.github/workflows/lab.yml")), "jobs", "test", "steps");

        Result tests = sh(workspace, run(steps, "Public tests"));
        Result board = sh(workspace, run(steps, "Board"));

        assertThat(tests.output(), tests.exitCode(), is(1));
        assertThat(tests.output(), containsString("1.1"));
        assertThat(board.output(), board.exitCode(), is(0));
        assertThat(Files.readString(directory.resolve("summary")), containsString("Next: 1.2 "));
    }

    @Test
    void linesOfGitlabsStudentsLeaveAReportOfTheTests() throws Exception {
        write("gitlab");
        Path workspace = workspace();
        Object job = at(yaml(directory.resolve("ci/students/.gitlab-ci.yml")), "test");

        Result result = sh(workspace, at(job, "script", 0).toString());

        assertThat(result.output(), result.exitCode(), is(1));
        assertThat(at(job, "artifacts", "reports"), is(Map.of("junit", "public-tests-*.xml")));
        assertThat(at(job, "artifacts", "when"), is("always"));
        assertThat(
                Files.readString(workspace.resolve("public-tests-1.xml")),
                allOf(containsString("name=\"1.1 Binary search\""), containsString("<skipped")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab"})
    void linesOfTheInstructorGradeEveryRepository(String service) throws Exception {
        assumeTrue(ShellTools.isOnPath("git"), "NOT TESTED: git is not installed");
        assumeTrue(ShellTools.isOnPath("curl") && ShellTools.isOnPath("unzip"), "NOT TESTED: no curl, or no unzip");
        write(service);
        Path instructor = directory.resolve("ci/instructor");
        Files.writeString(
                instructor.resolve("submissions.txt"),
                "# the class\n\nada " + repository("ada").toUri() + "\nben " + directory.toUri() + "missing");
        List<String> lines = service.equals("github") ? linesOfGithub(instructor) : linesOfGitlab(instructor);

        Result fetched = sh(instructor, lines.get(0));
        Result graded = sh(instructor, lines.get(1));
        Result complete = sh(instructor, lines.get(2));

        assertThat(fetched.output(), fetched.exitCode(), is(0));
        assertThat(fetched.output(), containsString("fetched ada"));
        assertThat("a link is a file", Files.isSymbolicLink(instructor.resolve("submissions/ada/link")), is(false));
        assertThat(graded.output(), graded.exitCode(), is(0));
        assertThat(graded.output(), containsString("Score 4 / 100"));
        assertThat("one was not fetched", complete.exitCode(), is(1));
        try (Stream<Path> reports = Files.list(instructor.resolve("reports"))) {
            assertThat(
                    reports.map(file -> file.getFileName().toString()).toList(),
                    containsInAnyOrder("result.json", "report.html", "junit.xml", "summary.md", "results.json"));
        }
        if (service.equals("github")) {
            assertThat(sh(instructor, lines.get(3)).exitCode(), is(0));
            assertThat(
                    Files.readString(directory.resolve("summary")),
                    containsString("| 1.1 Binary search | passed | 23 of 23 | 4 / 4 |"));
        }
    }

    private static List<String> linesOfGithub(Path instructor) throws IOException {
        Object steps = at(yaml(instructor.resolve(".github/workflows/grade.yml")), "jobs", "grade", "steps");
        return Stream.of("Fetch autograder and submissions", "Grade", "Everything was fetched", "Summary")
                .map(name -> run(steps, name))
                .toList();
    }

    private static List<String> linesOfGitlab(Path instructor) throws IOException {
        Object job = at(yaml(instructor.resolve(".gitlab-ci.yml")), "grade");
        assertThat(at(job, "artifacts", "reports"), is(Map.of("junit", "reports/**/junit.xml")));
        return Stream.of(0, 1, 2).map(i -> at(job, "script", i).toString()).toList();
    }

    @Test
    void aLineOfSubmissionsThatIsNotANameAndAUrlIsRefused() throws Exception {
        assumeTrue(ShellTools.isOnPath("unzip"), "NOT TESTED: unzip is not installed");
        write("github");
        Path instructor = directory.resolve("ci/instructor");
        Files.copy(Autograders.ofLab1(directory), instructor.resolve("autograder.zip"));
        Files.writeString(instructor.resolve("submissions.txt"), "../ada file:///tmp\n");

        Result result = sh(instructor, "./fetch-all");

        assertThat(result.exitCode(), is(2));
        assertThat(result.output(), containsString("submissions.txt: '../ada file:///tmp ' is not a new NAME"));
    }

    @Test
    void theUrlOfTheAutograderIsWhereTheJobLooks() throws Exception {
        Said said = Autograders.LAB.in(
                directory, "autograder", "--write", "gitlab", "ci", "--autograder-url", "https://x.example/a?b=c&d");

        assertThat(said.err(), said.exit(), is(0));
        assertThat(
                Files.readString(directory.resolve("ci/instructor/fetch-all")),
                containsString("url=${AUTOGRADER_URL:-\"https://x.example/a?b=c&d\"}"));
        assertThat(
                Autograders.LAB
                        .in(directory, "autograder", "--write", "gitlab", "d", "--autograder-url", "https://$(x)")
                        .exit(),
                is(LabException.USAGE));
    }

    @Test
    void filesThatAreThereAreNotReplaced() throws Exception {
        Path file = directory.resolve("ci/instructor/submissions.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "ada https://x.example/ada\n");

        Said said = Autograders.LAB.in(directory, "autograder", "--write", "github", "ci");

        assertThat(said.exit(), is(LabException.FAILED));
        assertThat(said.err(), containsString("submissions.txt exists already, and nothing was written."));
        try (Stream<Path> left = Files.list(directory.resolve("ci"))) {
            assertThat(left.toList(), is(List.of(directory.resolve("ci/instructor"))));
        }
    }

    @Test
    void scriptsPassShellcheck() throws Exception {
        assumeTrue(ShellTools.isOnPath("shellcheck"), "NOT TESTED: shellcheck is not installed");
        write("github");

        Result result = sh(directory.resolve("ci/instructor"), "shellcheck fetch-all grade-all");

        assertThat(result.output(), result.exitCode(), is(0));
    }

    private void write(String service) {
        Said said = Autograders.LAB.in(directory, "autograder", "--write", service, "ci", "--lab", "1");
        assertThat(said.err(), said.exit(), is(0));
    }

    /** A workspace with exercise 1.1 solved, whose command is that of this build. */
    private Path workspace() throws IOException {
        Path workspace = directory.resolve("workspace");
        Said said = Autograders.LAB.in(directory, "start", workspace.toString());
        assertThat(said.err(), said.exit(), is(0));
        Files.copy(Autograders.HOME.resolve(SEARCH), workspace.resolve(SEARCH), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                workspace.resolve("lab"),
                "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path") + "' -Dlab.home='" + Autograders.HOME
                        + "' -Dlab.workspace='" + workspace + "' storagelab.grader.cli.Main \"$@\"\n");
        return workspace;
    }

    /** A repository with lab 1 of the starter, in which exercise 1.1 is solved, and a link. */
    private Path repository(String name) throws Exception {
        Path repository =
                Files.createDirectories(directory.resolve("repositories").resolve(name));
        FileUtils.copyDirectory(
                workspace().resolve("lab-01-binary-search").toFile(),
                repository.resolve("lab-01-binary-search").toFile());
        Files.createSymbolicLink(repository.resolve("link"), Path.of("lab-01-binary-search"));
        Result result = sh(
                repository,
                "git init -q . && git add -A && git -c user.name=x -c user.email=x@x.example commit -q -m labs");
        assertThat(result.output(), result.exitCode(), is(0));
        return repository;
    }

    private Result sh(Path where, String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", script)
                .directory(where.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("GITHUB_STEP_SUMMARY", directory.resolve("summary").toString());
        if (script.contains("fetch-all") && !Files.exists(where.resolve("autograder.zip"))) {
            environment.put(
                    "AUTOGRADER_URL", Autograders.ofLab1(directory).toUri().toString());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static Object yaml(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    /** What is at a path of keys and places. */
    private static Object at(Object tree, Object... path) {
        Object at = tree;
        for (Object step : path) {
            Object next = at instanceof List<?> list && step instanceof Integer place
                    ? list.get(place)
                    : ((Map<?, ?>) at).get(step);
            at = Objects.requireNonNull(next, () -> "no " + step + " in " + tree);
        }
        return at;
    }

    private static String run(Object steps, String name) {
        for (Object step : (List<?>) steps) {
            if (name.equals(((Map<?, ?>) step).get("name"))) {
                return at(step, "run").toString();
            }
        }
        throw new AssertionError("no step " + name + " in " + steps);
    }
}
