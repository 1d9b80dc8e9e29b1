package storagelab.grader.bench;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.JmhTask;
import storagelab.grader.bench.worker.Workload;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;

@DisplayName("The catalogue of benchmarks")
final class BenchmarkCatalogTest {
    private static final Course COURSE =
            CourseCatalog.scan(Path.of("../..").toAbsolutePath().normalize());

    private static List<Integer> published() {
        return COURSE.labs().stream().filter(Lab::published).map(Lab::number).toList();
    }

    @Test
    @DisplayName("names exercises and classes that there are")
    void graded() throws ClassNotFoundException {
        List<String> exercises = COURSE.exercises().map(ExerciseSpec::id).toList();
        for (int lab : published()) {
            for (BenchmarkSpec spec : BenchmarkCatalog.of(lab)) {
                assertThat(spec.id(), startsWith(lab + "."));
                assertThat(exercises, hasItem(spec.exercise()));
                spec.needs().forEach(need -> assertThat(exercises, hasItem(need)));
                assertThat(spec.costs(), CostProbe.class.isAssignableFrom(Class.forName(spec.costs())), is(true));
                assertThat(spec.workload(), Workload.class.isAssignableFrom(Class.forName(spec.workload())), is(true));
            }
        }
    }

    @Test
    @DisplayName("has a benchmark method or a probe for each side of each rival")
    void rivals() throws ClassNotFoundException {
        for (int lab : published()) {
            for (RivalBenchmark rival : BenchmarkCatalog.rivals(lab)) {
                assertThat(rival.id(), startsWith(lab + "."));
                Class<?> type = Class.forName(rival.type());
                if (rival.ours() == null) {
                    assertThat(rival.type(), CostProbe.class.isAssignableFrom(type), is(true));
                }
                for (JmhTask task : Stream.of(rival.ours(), rival.theirs())
                        .flatMap(Stream::ofNullable)
                        .toList()) {
                    assertThat(rival.id() + ": " + task.method(), hasBenchmark(type, task.method()), is(true));
                }
            }
        }
    }

    private static boolean hasBenchmark(Class<?> type, String method) {
        return Stream.of(type.getMethods())
                .anyMatch(candidate ->
                        candidate.getName().equals(method) && candidate.isAnnotationPresent(Benchmark.class));
    }
}
