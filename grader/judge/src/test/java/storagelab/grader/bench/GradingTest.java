package storagelab.grader.bench;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.grader.bench.Grading.TimeVerdict;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkResult.Counter;
import storagelab.grader.model.BenchmarkResult.Ratio;
import storagelab.grader.model.BenchmarkVerdict;

@DisplayName("A benchmark's verdict")
final class GradingTest {
    private static final BenchmarkSpec SPEC = new BenchmarkSpec("1.x", "X", "1.1", List.of(), 10, "costs", "work");

    @ParameterizedTest(name = "an interval from {0} to {1} is {2}")
    @CsvSource({
        "0.9, 1.1, FAST",
        "0.2, 1.5, FAST",
        "1.4, 1.6, FAST",
        "0.8, 1.7, NOISY",
        "1.6, 2.0, SLOWER",
        "1.6, 2.9, SLOWER",
        "2.9, 3.3, SLOWER",
        "1.6, 3.3, NOISY",
        "3.1, 9.9, SLOW",
    })
    @DisplayName("on time gives the student the benefit of the doubt, and says when there is too much of it")
    void time(double low, double high, TimeVerdict expected) {
        assertThat(Grading.judge(new RatioEstimate(Math.sqrt(low * high), low, high)), is(expected));
    }

    @ParameterizedTest(name = "{0} of 2 costs, ratio {1} to {2}: {3}, {5} of {4}")
    @CsvSource({
        "2, 0.9, 1.1, PASSED, 10, 10",
        "2, 1.6, 2.0, PARTIAL, 10, 8.5",
        "2, 4.0, 5.0, PARTIAL, 10, 7",
        "1, 0.9, 1.1, PARTIAL, 10, 6.5",
        "0, 4.0, 5.0, FAILED, 10, 0",
        "2, 0.5, 2.5, TOO_NOISY, 7, 7",
        "1, 0.5, 2.5, PARTIAL, 7, 3.5",
        "0, 0.5, 2.5, FAILED, 7, 0",
    })
    @DisplayName("adds costs and time, and leaves out of the points what could not be measured")
    void points(int within, double low, double high, BenchmarkVerdict verdict, double points, double earned) {
        List<Counter> counters = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            counters.add(new Counter("cost " + i, 1, 1, 1, i < within));
        }
        BenchmarkResult result = Grading.result(SPEC, counters, new Ratio(Math.sqrt(low * high), low, high, 100, 100));

        assertThat(result.verdict(), is(verdict));
        assertThat(result.points(), is(points));
        assertThat(result.earned(), is(earned));
    }

    @Test
    @DisplayName("never charges the student for a reference that could not be measured")
    void impossible() {
        assertThat(Grading.impossible(SPEC, "why").points(), is(0.0));
        assertThat(Grading.broken(SPEC, "why").points(), is(10.0));
    }
}
