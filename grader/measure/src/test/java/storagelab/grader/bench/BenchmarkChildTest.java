package storagelab.grader.bench;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.grader.bench.BenchmarkChild.Task;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.WorkerReply;
import storagelab.grader.compile.SourceCompiler;
import storagelab.grader.run.PlainSandbox;
import storagelab.grader.run.TimeLimits;
import storagelab.search.BinarySearch;

@DisplayName("A JVM that measures")
final class BenchmarkChildTest {
    private static final String COSTS = "storagelab.grader.bench.lab01.SearchCosts";
    private static final String WORK = "storagelab.grader.bench.lab01.SearchWork";
    private static final Plan SHORT = new Plan(2, 0, 1, 3, 10);
    private static final long PATIENCE_MILLIS = 60_000;

    @TempDir
    private Path directory = Path.of("");

    static List<BenchmarkSpec> lab01() {
        return BenchmarkCatalog.of(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lab01")
    @DisplayName("counts and times the reference, which keeps within the limits that stand for themselves")
    void reference(BenchmarkSpec spec) throws Exception {
        WorkerReply counted = ask(spec.costs(), PATIENCE_MILLIS, List.of());
        assertThat(counted.problem(), is(""));
        assertThat(counted.costs(), is(not(empty())));
        for (Cost cost : counted.costs()) {
            assertThat(cost.name(), cost.value() > cost.atMost(), is(false));
            boolean oneLimit = Double.isNaN(cost.atMost()) != Double.isNaN(cost.timesReference());
            assertThat(cost.name() + " has one limit", oneLimit, is(true));
        }
        assertThat("the same seed, the same costs", ask(spec.costs(), PATIENCE_MILLIS, List.of()), is(counted));

        WorkerReply timed = ask(spec.workload(), PATIENCE_MILLIS, List.of());
        assertThat(timed.problem(), is(""));
        assertThat(timed.nanosPerCall(), hasSize(SHORT.rounds()));
        timed.nanosPerCall().forEach(nanos -> assertThat(nanos, greaterThan(0.0)));
    }

    @Test
    @DisplayName("is not impressed by answers that the code prints itself")
    void forged() throws Exception {
        WorkerReply reply = askWith(COSTS, PATIENCE_MILLIS, """
                try (var out = new java.io.FileOutputStream(java.io.FileDescriptor.out)) {
                    out.write("{\\"costs\\":[]}\\n".repeat(100).getBytes());
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                Runtime.getRuntime().halt(0);
                return -1;""");

        assertThat(reply.problem(), startsWith("the JVM ended without an answer, with exit code 0"));
        assertThat(reply.costs(), is(empty()));
    }

    @Test
    @DisplayName("says what was asked and what was answered when an answer is wrong")
    void wrong() throws Exception {
        WorkerReply reply = askWith(WORK, PATIENCE_MILLIS, "return 7;");

        assertThat(reply.problem(), containsString("indexOf(100,000 even numbers"));
        assertThat(reply.problem(), containsString("gave 7 and not"));
    }

    @Test
    @DisplayName("names the exercise that is not done")
    void notDone() throws Exception {
        WorkerReply reply = askWith(WORK, PATIENCE_MILLIS, "throw new storagelab.course.ExerciseNotDone(\"1.1\");");

        assertThat(reply.notDone(), is("1.1"));
    }

    @Test
    @DisplayName("is killed when it does not end")
    void endless() throws Exception {
        WorkerReply reply = askWith(WORK, 3_000, "while (true) { Thread.onSpinWait(); }");

        assertThat(reply.problem(), is("no answer in 3 s of processor time, twice"));
    }

    @Test
    @DisplayName("is killed when it closes its output and lives on")
    void closedOutputDoesNotHoldUpTheBatch() throws Exception {
        WorkerReply reply = askWith(WORK, 3_000, """
                try {
                    new java.io.FileOutputStream(java.io.FileDescriptor.out).close();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                long end = System.nanoTime() + 120_000_000_000L;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                Runtime.getRuntime().halt(1);
                return -1;""");

        assertThat(reply.problem(), is("no answer in 3 s of processor time, twice"));
    }

    @Test
    @DisplayName("loads nothing of the grader but what measures")
    void nothingElse() throws Exception {
        try (BenchmarkKit kit = BenchmarkKit.create(new PlainSandbox(), 1)) {
            List<String> packages = new ArrayList<>();
            for (Path entry : kit.studentClassPath(List.of())) {
                if (Files.isDirectory(entry)) {
                    try (Stream<Path> files = Files.walk(entry)) {
                        files.filter(file -> file.toString().endsWith(".class"))
                                .forEach(file -> packages.add(entry.relativize(file.getParent())
                                        .toString()
                                        .replace('\\', '/')));
                    }
                }
            }
            assertThat(packages, is(not(empty())));
            packages.forEach(name -> assertThat(name, startsWith("storagelab/grader/bench/")));
        }
    }

    private WorkerReply askWith(String type, long timeoutMillis, String body) throws Exception {
        return ask(type, timeoutMillis, List.of(compile(body)));
    }

    private static WorkerReply ask(String type, long timeoutMillis, List<Path> before) throws Exception {
        try (BenchmarkKit kit = BenchmarkKit.create(new PlainSandbox(), 1)) {
            List<Path> classes = new ArrayList<>(before);
            classes.add(lab());
            BenchmarkChild child = new BenchmarkChild(kit.stage(), TimeLimits.standard());
            return child.run(new Task(type, 7, SHORT, timeoutMillis), kit.studentClassPath(classes));
        }
    }

    private static Path lab() throws Exception {
        return Path.of(BinarySearch.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** Classes with a BinarySearch whose search of integers has that body. */
    private Path compile(String body) throws Exception {
        Path source = directory.resolve("BinarySearch.java");
        Files.writeString(source, """
                package storagelab.search;
                public final class BinarySearch {
                    public static int indexOf(IntSequence sorted, int target) {
                        %s
                    }
                    public static <T extends Comparable<? super T>> int indexOf(java.util.List<? extends T> l, T key) {
                        return -1;
                    }
                }
                """.formatted(body));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        assertThat(new SourceCompiler(List.of(lab())).compile(List.of(source), classes), is(empty()));
        return classes;
    }
}
