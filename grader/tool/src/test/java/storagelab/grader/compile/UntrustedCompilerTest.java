package storagelab.grader.compile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import storagelab.grader.compile.UntrustedCompiler.Compiled;
import storagelab.grader.run.CpuBudget;
import storagelab.grader.run.NotGradedException;
import storagelab.grader.run.Sandboxes;
import storagelab.grader.run.Stage;
import storagelab.grader.run.SubmissionTime;
import storagelab.grader.run.TimeLimits;

/** Sources that do not compile, or bring the compiler down, cost only themselves. */
class UntrustedCompilerTest {
    private static final SortedMap<String, String> PRISTINE =
            new TreeMap<>(Map.of("p/A.java", "package p; class A {}", "p/B.java", "package p; class B {}"));

    private static Stage stage;
    private static List<Path> copies;
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
        copies = stage.copyLibraries("tool", tool);
        compiler = new UntrustedCompiler(stage, copies, List.of(), time(1));
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

    private static SubmissionTime time(double scale) {
        return SubmissionTime.of(new TimeLimits(scale), 1);
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
        assertThat(compiled.errors().get(0).message(), containsString("ran out of memory"));
        assertThat(compiled.classes().keySet(), contains("p.A", "p.B"));
    }

    @Test
    void compilerThatIsTooSlowForThePristineLabTooJudgesNothing() {
        UntrustedCompiler onABusyMachine = new UntrustedCompiler(stage, copies, List.of(), time(0.001));

        NotGradedException reason =
                assertThrows(NotGradedException.class, () -> onABusyMachine.compile(PRISTINE, PRISTINE));

        // Where other processes take most of the machine, the clock ends the compiler before its processor time is used
        // up.
        String broken = "the lab as it was handed out does not compile: no answer in ";
        assertThat(
                reason.getMessage(),
                anyOf(
                        containsString(broken + "40 ms of processor time"),
                        containsString(broken + "800 ms, of which little was processor time")));
    }

    @Test
    void sourceThatTakesTheCompilerTooLongIsTriedAgainAndThenReplaced() throws Exception {
        // The type of the value has a size of 2 to the power of 30, and the compiler looks at all of it.
        String doubled = "twice(".repeat(30) + "1" + ")".repeat(30);
        String slow = "package p; class A<S, T> { static <X> A<X, X> twice(X x) { return null; }"
                + " static void slow() { var value = " + doubled + "; } }";
        SortedMap<String, String> sources = new TreeMap<>(PRISTINE);
        sources.put("p/A.java", slow);
        UntrustedCompiler impatient = new UntrustedCompiler(stage, copies, List.of(), time(0.15));

        Compiled compiled = impatient.compile(sources, PRISTINE);

        assertThat(compiled.replaced(), contains("p/A.java"));
        assertThat(compiled.errors().get(0).message(), containsString("no answer in 6 s of processor time"));
        assertThat(
                impatient.flags(), contains(startsWith("the compiler ran out of time and was run again: no answer")));
    }

    @Test
    void sourcesThatAreTakenOutOneByOneUseUpTheTimeOfTheLab() throws Exception {
        CpuBudget spent = new CpuBudget(1, "for compiling this lab");
        spent.spend(TimeUnit.MILLISECONDS.toNanos(1));
        UntrustedCompiler late = new UntrustedCompiler(
                stage,
                copies,
                List.of(),
                new UntrustedCompiler.Time(TimeLimits.standard().compile(), spent));
        SortedMap<String, String> sources = new TreeMap<>(PRISTINE);
        sources.put("p/A.java", "package p; class A { native void callsC(); }");

        Compiled compiled = late.compile(sources, PRISTINE);

        assertThat(compiled.replaced(), contains("p/A.java"));
        assertThat(compiled.errors().get(0).message(), containsString("the files before it have used the 1 ms"));
        assertThat(compiled.classes().keySet(), contains("p.A", "p.B"));
    }
}
