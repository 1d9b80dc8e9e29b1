package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the sandbox understands of its system, and how it names files to it. */
class UtilLinuxSandboxTest {
    @Test
    void pathsAreFieldsOfATableOfMounts() {
        assertThat(UtilLinuxSandbox.escaped(Path.of("/tmp/a-b_c.1+2")), is("/tmp/a-b_c.1+2"));
        assertThat(UtilLinuxSandbox.escaped(Path.of("/a b/#\\\n\u00E4")), is("/a\\040b/\\043\\134\\012\\303\\244"));
    }

    @Test
    void processesAreCountedByNamespaceSinceLinux514() {
        assertThat(Sandboxes.countsProcessesByNamespace("6.18.44-generic"), is(true));
        assertThat(Sandboxes.countsProcessesByNamespace("5.14.0"), is(true));
        assertThat(Sandboxes.countsProcessesByNamespace("5.10.0-28-amd64"), is(false));
        assertThat(Sandboxes.countsProcessesByNamespace("4.18.0"), is(false));
        assertThat(Sandboxes.countsProcessesByNamespace("unknown"), is(false));
    }

    @Test
    void librariesAreTakenFromWhatLddSays() {
        String said = """
                /usr/lib/jvm/jdk/bin/java:
                \tlinux-vdso.so.1 (0x00007f1396718000)
                \tlibz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f13966e3000)
                \tlibjli.so => /usr/lib/jvm/jdk/bin/../lib/libjli.so (0x00007f13966d3000)
                \tlibgone.so => not found
                \t/lib64/ld-linux-x86-64.so.2 (0x00007f139671a000)
                \tstatically linked
                """;

        assertThat(
                SharedLibraries.parse(said),
                contains(
                        Path.of("/lib/x86_64-linux-gnu/libz.so.1"),
                        Path.of("/usr/lib/jvm/jdk/lib/libjli.so"),
                        Path.of("/lib64/ld-linux-x86-64.so.2")));
    }
}
