package storagelab.grader.doctor;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.doctor.Facts.Build;
import storagelab.grader.doctor.Facts.Jdk;

/** How mounts, JDKs and builds are recognised. */
class ProbesTest {
    @TempDir
    Path directory;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theInnermostMountSaysWhetherProgramsCanBeExecuted() {
        List<String> mounts = List.of(
                "/dev/vda / ext4 rw,relatime 0 0",
                "tmpfs /tmp tmpfs rw,nosuid,noexec 0 0",
                "tmpfs /tmp/with\\040space tmpfs rw 0 0",
                "tmpfs /run tmpfs rw 0 0",
                "tmpfs /run tmpfs rw,noexec 0 0",
                "damaged");

        assertThat(MachineProbe.isNoexec(Path.of("/tmp/x"), mounts), is(true));
        assertThat(MachineProbe.isNoexec(Path.of("/tmpx"), mounts), is(false));
        assertThat(MachineProbe.isNoexec(Path.of("/tmp/with space/x"), mounts), is(false));
        assertThat("a later mount covers an earlier one", MachineProbe.isNoexec(Path.of("/run"), mounts), is(true));
        assertThat(MachineProbe.isNoexec(Path.of("/home"), mounts), is(false));
    }

    @Test
    void jdksAreFoundOnceAndTheOldestFirst() throws Exception {
        Path used = jdk("a/jdk-17", "17.0.1", true);
        Path newest = jdk("a/jdk-9-in-name-only", "25", true);
        Path mac = jdk("b/x.jdk/Contents/Home", "21.0.4", true);
        jdk("b/runtime", "21.0.4", false);
        Files.createDirectories(directory.resolve("b/empty"));
        if (OS.WINDOWS != OS.current()) {
            Files.createSymbolicLink(directory.resolve("b/link"), newest);
        }

        List<Jdk> others = JdkProbe.others(
                used, List.of(directory.resolve("a"), directory.resolve("b"), directory.resolve("missing")));

        assertThat(others, is(List.of(new Jdk("21.0.4", mac, true), new Jdk("25", newest, true))));
    }

    private Path jdk(String name, String version, boolean hasCompiler) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name)).toRealPath();
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        if (hasCompiler) {
            Files.createFile(home.resolve("bin/javac"));
        }
        return home;
    }

    @Test
    void aBuildIsStaleWhenASourceIsNewer() throws Exception {
        Path source = file("lab-01-x/src/test/T.java", 10);
        file("pom.xml", 10);
        file("grader/tool/pom.xml", 10);
        assertThat(BuildProbe.stateOf(directory), is(Build.NONE));

        Path stamp = file("grader/target/lab.built", 20);
        file("grader/tool/target/Newer.class", 30);
        file("grader/course/lab-01/zoo/animal.txt", 30);
        file("notes/page.md", 30);
        assertThat("nothing that it is built from", BuildProbe.stateOf(directory), is(Build.CURRENT));

        Files.setLastModifiedTime(source, Files.getLastModifiedTime(stamp));
        assertThat("as old as the build", BuildProbe.stateOf(directory), is(Build.CURRENT));
        file("lab-01-x/src/test/T.java", 21);
        assertThat(BuildProbe.stateOf(directory), is(Build.STALE));
    }

    private Path file(String name, long second) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    }
}
