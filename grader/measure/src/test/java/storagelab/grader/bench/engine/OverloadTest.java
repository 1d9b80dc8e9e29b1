package storagelab.grader.bench.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.bench.engine.PhaseResult.Figure;

@DisplayName("An overload")
final class OverloadTest {
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static void waitFor(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("shows in its longest operation, and in its slow tenths of a second, that work stood still")
    void stall() throws IOException {
        AtomicInteger done = new AtomicInteger();
        Overload overload = new Overload(calls -> {
            boolean still = done.incrementAndGet() % 40_000 == 0;
            waitFor(still ? SLOW_NANOS : TimeUnit.MICROSECONDS.toNanos(5));
            return calls;
        });

        double perSecond = overload.run(100_000, Long.MAX_VALUE);

        Map<Figure, Double> figures = Overload.figures(List.of(overload));
        assertThat(done.get(), is(100_000));
        assertThat(perSecond, is(greaterThan(0.0)));
        assertThat(figures.get(Figure.MICROS_MAX), is(greaterThanOrEqualTo(SLOW_NANOS / 1e3)));
        assertThat(figures.get(Figure.MICROS_MEDIAN), is(lessThan(SLOW_NANOS / 1e3)));
        assertThat(figures.get(Figure.SLOW_INTERVAL), is(lessThan(1.0)));
    }

    @Test
    @DisplayName("ends when its time is over")
    void late() throws IOException {
        AtomicInteger done = new AtomicInteger();
        Overload overload = new Overload(calls -> {
            done.incrementAndGet();
            return calls;
        });

        double perSecond = overload.run(Integer.MAX_VALUE, 1);

        assertThat(perSecond, is(greaterThan(0.0)));
        assertThat(done.get(), is(1));
    }
}
