package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        script(
                tools.resolve("mvn"),
                "echo \"maven: $*\"; mkdir -p grader/target/lib; : > grader/target/lib/grader-tool-1.jar");

        List<String> first = run(home.resolve("lab")).lines();
        assertThat(first.get(0), startsWith("Building the lab command"));
        assertThat(first.get(1), startsWith("maven: -q -B -ntp"));
        assertThat(run(home.resolve("lab")).lines().get(0), startsWith("[-XX:TieredStopAtLevel=1]"));

        Path source = home.resolve("lab-01-x/src/A.java");
        Files.writeString(source, "class A {}");
        Path stamp = home.resolve("grader/target/lab.built");
        Files.setLastModifiedTime(
                source, FileTime.fromMillis(Files.getLastModifiedTime(stamp).toMillis() + 2000));
        assertThat(run(home.resolve("lab")).lines().get(0), startsWith("Building the lab command"));
    }

    @Test
    void aBuildThatFailsShowsMavensErrorsAndIsNotTakenForDone() throws Exception {
        Path home = checkout();
        script(tools.resolve("mvn"), "echo 'ERROR: no'; exit 1");

        for (int attempt = 0; attempt < 2; attempt++) {
            Result result = run(home.resolve("lab"));
            assertThat(result.exit(), is(2));
            assertThat(result.lines().get(1), is("ERROR: no"));
            assertThat(result.lines().get(2), containsString("The build failed"));
        }
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
        Path home = temporary.resolve("home");
        Files.createDirectories(home.resolve("lab-01-x/src"));
        Files.createDirectories(home.resolve("grader/tool/src"));
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
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), said.lines().toList());
    }
}
