package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code lab}, with a Java and a Maven that only say how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LabScriptTest {
    private static final Path SCRIPT = Path.of("../../lab").toAbsolutePath().normalize();

    @TempDir
    Path temporary;

    private Path jdk;
    private Path tools;

    private record Result(int exit, List<String> lines) {}

    @BeforeEach
    void fakeTools() throws IOException {
        jdk = temporary.resolve("a jdk");
        tools = Files.createDirectories(temporary.resolve("tools"));
        script(jdk.resolve("bin/java"), "for argument in \"$@\"; do echo \"[$argument]\"; done");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.1\"\n");
    }

    @Test
    void aHandoutStartsTheToolThatItCarries() throws Exception {
        Path handout = handout("my labs");

        Result result = run(handout.resolve("lab"), "test", "1.1", "--", "a b");

        assertThat(result.exit(), is(0));
        String jars = handout.toRealPath() + "/.lab/lib/";
        assertThat(
                result.lines(),
                allOf(
                        hasItem("[" + jars + "a.jar:" + jars + "b.jar]"),
                        hasItem("[-Dlab.home=]"),
                        hasItem("[-Dlab.workspace=" + handout.toRealPath() + "]"),
                        hasItem("[-Dlab.terminal=false]")));
        int main = result.lines().indexOf("[storagelab.grader.cli.Main]");
        assertThat(
                result.lines().subList(main + 1, result.lines().size()),
                is(List.of("[test]", "[1.1]", "[--]", "[a b]")));
    }

    @Test
    void aLinkToTheScriptLeadsToItsDirectory() throws Exception {
        Path handout = handout("h");
        Path link = Files.createSymbolicLink(tools.resolve("lab"), handout.resolve("lab"));

        assertThat(run(link).lines(), hasItem("[-Dlab.workspace=" + handout.toRealPath() + "]"));
    }

    @Test
    void aServerGetsBothCompilers() throws Exception {
        Path handout = handout("h");

        assertThat(run(handout.resolve("lab"), "kv", "db", "get", "a").lines(), hasItem("[-XX:TieredStopAtLevel=1]"));
        assertThat(
                run(handout.resolve("lab"), "kv", "db", "serve").lines(),
                allOf(hasItem("[-XX:+UseG1GC]"), not(hasItem("[-XX:TieredStopAtLevel=1]"))));
    }

    @Test
    void aWorkspaceHandsOverToItsCheckout() throws Exception {
        Path home = Files.createDirectories(temporary.resolve("the home"));
        script(home.resolve("lab"), "echo \"$LAB_WORKSPACE: $*\"");
        Path workspace = workspace(home);

        assertThat(
                run(workspace.resolve("lab"), "hint", "1.1").lines(),
                is(List.of(workspace.toRealPath() + ": hint 1.1")));
    }

    @Test
    void aCheckoutThatMovedAwayIsNamed() throws Exception {
        Path workspace = workspace(temporary.resolve("gone"));

        Result result = run(workspace.resolve("lab"));

        assertThat(result.exit(), is(2));
        assertThat(result.lines().get(0), endsWith("is not at " + temporary.resolve("gone") + " any more."));
        assertThat(result.lines().get(1), startsWith("Write its new place into "));
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

        Result result = run(handout("h").resolve("lab"));

        assertThat(result.exit(), is(2));
        assertThat(result.lines().get(0), is("Java 11 is too old: the labs need a JDK, 17 or newer."));
    }

    @Test
    void aCheckoutBuildsItselfOnceAndAgainWhenASourceChanged() throws Exception {
        Path home = checkout();
        script(tools.resolve("mvn"), MAVEN);

        List<String> first = run(home.resolve("lab")).lines();
        assertThat(first.get(0), startsWith("Building the students' commands with Maven"));
        assertThat(first.get(2), is("  [2/9] Lab 1: sorted logs"));
        assertThat(calls(home), is(List.of("toolOnly")));
        assertThat(run(home.resolve("lab")).lines().get(0), startsWith("[-XX:TieredStopAtLevel=1]"));

        change(home.resolve("lab-01-x/src/test/T.java"), home);
        assertThat("no student's command needs a test", calls(home), is(List.of("toolOnly")));
        change(home.resolve("lab-01-x/src/main/A.java"), home);
        assertThat(run(home.resolve("lab")).lines().get(0), startsWith("Building the students' commands"));
        assertThat(calls(home), is(List.of("toolOnly", "toolOnly")));
    }

    @Test
    void whatJudgesIsBuiltWhenItIsFirstCalled() throws Exception {
        Path home = checkout();
        script(tools.resolve("mvn"), MAVEN);

        List<String> first = run(home.resolve("lab"), "grade").lines();
        assertThat(first.get(0), startsWith("Building what 'grade' needs"));
        assertThat(first, hasItem("[" + home.toRealPath() + "/grader/target/lib/all.jar]"));
        assertThat(calls(home), is(List.of("all")));
        assertThat(run(home.resolve("lab"), "bench", "1").lines().get(0), startsWith("[-XX:"));
        run(home.resolve("lab"), "status");
        assertThat("the students' commands are a part of everything", calls(home), is(List.of("all")));
    }

    @Test
    void aBuildThatFailsShowsMavensErrorsAndIsNotTakenForDone() throws Exception {
        Path home = checkout();
        script(tools.resolve("mvn"), "echo '[ERROR] no'; exit 1");

        for (int attempt = 0; attempt < 2; attempt++) {
            Result result = run(home.resolve("lab"));
            assertThat(result.exit(), is(2));
            assertThat(result.lines().get(2), is("[ERROR] no"));
            assertThat(result.lines().get(3), containsString("The build failed"));
        }
    }

    @Test
    void ofTwoShellsThatFindTheToolStaleOneBuildsAndTheOtherWaits() throws Exception {
        Path home = checkout();
        script(tools.resolve("mvn"), "until [ -f go ]; do sleep 0.1; done\n" + MAVEN);

        Process first = start(home.resolve("lab"));
        Process second = start(home.resolve("lab"));
        try (BufferedReader one = first.inputReader(StandardCharsets.UTF_8);
                BufferedReader two = second.inputReader(StandardCharsets.UTF_8)) {
            List<String> said = List.of(one.readLine(), two.readLine());
            assertThat(said, hasItem(containsString("is building the lab command already; waiting for it")));
            assertThat(said, hasItem(startsWith("Building the students' commands")));
            Files.createFile(home.resolve("go"));
            assertThat(one.lines().toList(), hasItem("[storagelab.grader.cli.Main]"));
            assertThat(two.lines().toList(), hasItem("[storagelab.grader.cli.Main]"));
        }

        assertThat(first.waitFor(), is(0));
        assertThat(second.waitFor(), is(0));
        assertThat(calls(home), is(List.of("toolOnly")));
        assertThat(Files.exists(lock(home), LinkOption.NOFOLLOW_LINKS), is(false));
    }

    @Test
    void theLockOfAProcessThatIsGoneIsTakenOver() throws Exception {
        Path home = checkout();
        script(tools.resolve("mvn"), MAVEN);
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(), is(0));
        Files.createDirectories(lock(home).getParent());
        Files.createSymbolicLink(lock(home), Path.of(Long.toString(gone.pid())));

        assertThat(run(home.resolve("lab")).exit(), is(0));

        assertThat(calls(home), is(List.of("toolOnly")));
        assertThat(Files.exists(lock(home), LinkOption.NOFOLLOW_LINKS), is(false));
    }

    @Test
    void whatAnInterruptedBuildDidNotFinishIsBuiltAgainWhateverIsBuiltNext() throws Exception {
        for (String command : List.of("status", "grade")) {
            Path home = checkout(command);
            script(tools.resolve("mvn"), MAVEN);
            Path compiling = Files.createDirectories(home.resolve("lab-03-z/target/classes"));
            Path packing = Files.createDirectories(home.resolve("lab-02-y/target/classes"));
            Path begun = Files.createDirectories(home.resolve("grader/target")).resolve("lab.begun");
            Path finishedJar = file(home.resolve("lab-01-x/target/x.jar"), 2_000_000);
            Path newestJar = file(home.resolve("lab-02-y/target/y.jar"), 3_000_000);
            file(begun, 1_000_000);

            assertThat(run(home.resolve("lab"), command).exit(), is(0));

            assertThat("class files, truncated perhaps", Files.exists(compiling), is(false));
            assertThat("class files of a module that was packed", Files.exists(packing), is(true));
            assertThat("a jar, truncated perhaps", Files.exists(newestJar), is(false));
            assertThat("a jar that others came after", Files.exists(finishedJar), is(true));
            assertThat(Files.exists(begun), is(false));
        }
    }

    @Test
    void aBuildOfEverythingThatWasInterruptedLeavesNoStudentsCommandsBehind() throws Exception {
        Path home = checkout();
        script(tools.resolve("mvn"), MAVEN);
        run(home.resolve("lab"));
        script(tools.resolve("mvn"), "exit 1");
        assertThat(run(home.resolve("lab"), "grade").exit(), is(2));
        script(tools.resolve("mvn"), MAVEN);

        assertThat(run(home.resolve("lab")).exit(), is(0));

        assertThat(calls(home), is(List.of("toolOnly", "toolOnly")));
    }

    @Test
    void aLibraryOfAnEarlierBuildIsNotOnTheClassPath() throws Exception {
        Path home = checkout();
        script(tools.resolve("mvn"), MAVEN);
        run(home.resolve("lab"));
        Files.createFile(home.resolve("grader/tool/target/lib/a-of-last-week.jar"));

        assertThat(run(home.resolve("lab"), "grade").exit(), is(0));

        assertThat(String.join("\n", run(home.resolve("lab")).lines()), not(containsString("a-of-last-week")));
    }

    /** Notes which build was wanted and leaves behind what it would. */
    private static final String MAVEN = """
            case "$*" in *-DtoolOnly*) echo toolOnly ;; *) echo all ;; esac >>maven.calls
            echo '[INFO] Building Lab 1: sorted logs 1.0-SNAPSHOT                           [2/9]'
            mkdir -p grader/tool/target/lib grader/target/lib
            : >grader/tool/target/grader-tool-1-SNAPSHOT.jar
            : >grader/tool/target/lib/a.jar
            : >grader/target/lib/all.jar
            """;

    private static List<String> calls(Path home) throws IOException {
        return Files.readAllLines(home.resolve("maven.calls"));
    }

    private static Path lock(Path home) {
        return home.resolve("grader/target/lab.lock");
    }

    /** Writes a source that is newer than what is built. */
    private static void change(Path source, Path home) throws IOException {
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");
        Path stamp = home.resolve("grader/tool/target/lab.built");
        Files.setLastModifiedTime(
                source, FileTime.fromMillis(Files.getLastModifiedTime(stamp).toMillis() + 2000));
    }

    private static Path file(Path file, long modifiedMillis) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.setLastModifiedTime(Files.createFile(file), FileTime.fromMillis(modifiedMillis));
    }

    private Path handout(String name) throws IOException {
        Path handout = temporary.resolve(name);
        Files.createDirectories(handout.resolve(".lab/lib"));
        Files.writeString(handout.resolve(".lab/lib/a.jar"), "");
        Files.writeString(handout.resolve(".lab/lib/b.jar"), "");
        Files.copy(SCRIPT, handout.resolve("lab"));
        return handout;
    }

    private Path workspace(Path home) throws IOException {
        Path workspace = temporary.resolve("w");
        Files.createDirectories(workspace.resolve(".lab"));
        Files.writeString(workspace.resolve(".lab/home"), home + "\n");
        Files.copy(SCRIPT, workspace.resolve("lab"));
        return workspace;
    }

    private Path checkout() throws IOException {
        return checkout("home");
    }

    private Path checkout(String name) throws IOException {
        Path home = temporary.resolve(name);
        Files.createDirectories(home.resolve("lab-01-x/src/main"));
        Files.createDirectories(home.resolve("grader/tool/src/main"));
        Files.writeString(home.resolve("pom.xml"), "");
        Files.copy(SCRIPT, home.resolve("lab"));
        return home;
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true), is(true));
    }

    private Result run(Path script, String... args) throws IOException, InterruptedException {
        Process process = start(script, args);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), said.lines().toList());
    }

    private Process start(Path script, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(temporary.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("LAB_WORKSPACE", "LAB_JAVA_OPTIONS"));
        environment.put("JAVA_HOME", jdk.toString());
        environment.put("PATH", tools + ":/usr/bin:/bin");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
