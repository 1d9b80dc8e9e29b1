package storagelab.grader.compile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import storagelab.grader.compile.UntrustedCompiler.Compiled;
import storagelab.grader.run.Sandboxes;
import storagelab.grader.run.Stage;

/** Sources that do not compile, or bring the compiler down, cost only themselves. */
class UntrustedCompilerTest {
    private static final SortedMap<String, String> PRISTINE =
            new TreeMap<>(Map.of("p/A.java", "package p; class A {}", "p/B.java", "package p; class B {}"));

    private static Stage stage;
    private static UntrustedCompiler compiler;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.open(Sandboxes.confined());
        List<Path> tool = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Path.of(entry).toFile().exists()) {
                tool.add(Path.of(entry));
            }
        }
        compiler = new UntrustedCompiler(stage, stage.copyLibraries("tool", tool), List.of());
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    private static Compiled compileWithA(String text) throws Exception {
        SortedMap<String, String> sources = new TreeMap<>(PRISTINE);
        sources.put("p/A.java", text);
        return compiler.compile(sources, PRISTINE);
    }

    @Test
    void classesComeWithTheirSources() throws Exception {
        Compiled compiled = compileWithA("package p; class A { static class Inner {} }");

        assertThat(compiled.errors(), is(empty()));
        assertThat(compiled.classes().keySet(), contains("p.A", "p.A$Inner", "p.B"));
        assertThat(compiled.sources().get("p.A$Inner"), is("p/A.java"));
    }

    @Test
    void brokenSourceIsReplaced() throws Exception {
        Compiled compiled = compileWithA("package p; class A { int }");

        assertThat(compiled.replaced(), contains("p/A.java"));
        assertThat(compiled.errors().get(0).describe(), containsString("A.java:1: <identifier> expected"));
        assertThat(compiled.classes().keySet(), contains("p.A", "p.B"));
    }

    @Test
    void errorsOfAnEndlessLineAreFewAndShort() throws Exception {
        String line = ("absent" + "x".repeat(1_500) + " ").repeat(100);

        Compiled compiled = compileWithA("package p; class A { int a = " + line + "; }");

        assertThat(compiled.errors().size(), is(lessThanOrEqualTo(20)));
        assertThat(compiled.errors().get(0).sourceLine().length(), is(lessThanOrEqualTo(1_004)));
        assertThat(compiled.errors().get(0).message().length(), is(lessThanOrEqualTo(1_004)));
    }

    @Test
    void sourceThatExhaustsTheCompilerIsReplaced() throws Exception {
        String nested = "(".repeat(20_000) + "1" + ")".repeat(20_000);
        Compiled compiled = compileWithA("package p; class A { int bomb = " + nested + "; }");

        assertThat(compiled.replaced(), contains("p/A.java"));
        assertThat(compiled.errors().get(0).message(), containsString("ran out of memory or time"));
        assertThat(compiled.classes().keySet(), contains("p.A", "p.B"));
    }
}
