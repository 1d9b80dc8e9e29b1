package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of root's can still do after it has become another user. */
class SeparateUserSandboxTest {
    private static final int FIRST = 61_184;

    @TempDir
    Path temporary;

    private Sandbox sandbox;
    private Path secret;

    private record Said(int exitCode, String output) {}

    @BeforeEach
    void onlyRootBecomesAnotherUser() throws Exception {
        assumeTrue(OrdinaryUser.isNeeded(), "NOT TESTED: only root can become another user");
        sandbox = SeparateUserSandbox.of(FIRST, 2).orElseThrow();
        sandbox.shareReadOnly(temporary);
        Path closed = Files.createDirectory(
                temporary.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        secret = Files.writeString(closed.resolve("secret"), "hidden tests");
    }

    @Test
    void readsWhatIsSharedAndNotWhatIsRoots() throws Exception {
        Path shared = Files.writeString(temporary.resolve("shared"), "class path");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-------"));
        sandbox.shareReadOnly(shared);

        assertThat(sh("cat " + shared), is(new Said(0, "class path")));
        assertThat(sh("cat " + secret).output(), containsString("Permission denied"));
        assertThat(sh("echo x >" + secret).exitCode(), not(0));
        assertThat(sh("echo x >>" + shared).exitCode(), not(0));
        assertThat(Files.readString(secret), is("hidden tests"));
    }

    @Test
    void reachesNoProcessOfRoots() throws Exception {
        long grader = ProcessHandle.current().pid();

        assertThat(sh("kill -0 " + grader).exitCode(), not(0));
        assertThat(sh("cat /proc/" + grader + "/environ").output(), containsString("Permission denied"));
        assertThat(sh(": </proc/" + grader + "/mem").exitCode(), not(0));
    }

    @Test
    void isANewUserEachTimeWithoutPrivileges() throws Exception {
        assertThat(sh("id -u; id -G"), is(new Said(0, FIRST + "\n" + FIRST + "\n")));
        assertThat(sh("id -u"), is(new Said(0, FIRST + 1 + "\n")));
        assertThat("in turn", sh("id -u"), is(new Said(0, FIRST + "\n")));
        String status = sh("cat /proc/self/status").output();
        assertThat(status, containsString("CapEff:\t0000000000000000"));
        assertThat(status, containsString("CapBnd:\t0000000000000000"));
        assertThat(status, containsString("NoNewPrivs:\t1"));
    }

    @Test
    void ownsItsScratchDirectory() throws Exception {
        assertThat(sh("echo x >file && stat -c %u:%a ."), is(new Said(0, FIRST + ":700\n")));
    }

    @Test
    void saysThatItDoesNotConfine() {
        assertThat(sandbox.confines(), is(false));
        assertThat(sandbox.description(), startsWith("NONE (--allow-unsandboxed)"));
        assertThat(sandbox.caution(), startsWith("NOT CONFINED"));
    }

    private Said sh(String script) throws Exception {
        Path scratch = Files.createTempDirectory(temporary, "scratch");
        List<String> line = sandbox.wrap(
                List.of("/bin/sh", "-c", script), new Sandbox.Reach(List.of(), scratch), Limits.defaults());
        Process process = new ProcessBuilder(line)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), output);
    }
}
