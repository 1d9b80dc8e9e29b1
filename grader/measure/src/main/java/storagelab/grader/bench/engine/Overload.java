package storagelab.grader.bench.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import storagelab.grader.bench.engine.PhaseResult.Figure;

/** Operations one after the other, as fast as they are taken, each of them timed, and counted by tenths of a second. */
final class Overload {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int CALLS_UNTIMED = 1 << 10;
    private static final int PRECISION_DIGITS = 3;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MICRO = 1e3;
    private static final double MEDIAN = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;
    private static final double SLOW_SHARE = 0.05;

    private final Meter.Work work;
    private final Histogram nanos = new Histogram(PRECISION_DIGITS);
    private final List<Double> intervals = new ArrayList<>();

    Overload(Meter.Work work) {
        this.work = work;
    }

    /** Does it {@code count} times, or fewer times if {@code nanosMax} are over, and says how many that were a second. */
    double run(int count, long nanosMax) throws IOException {
        long start = System.nanoTime();
        long intervalStart = start;
        long before = start;
        int done = 0;
        int inInterval = 0;
        while (done < count && before - start < nanosMax) {
            long unused = work.run(1);
            long now = System.nanoTime();
            nanos.recordValue(now - before);
            before = now;
            done++;
            inInterval++;
            if (now - intervalStart >= INTERVAL_NANOS) {
                intervals.add(inInterval * NANOS_A_SECOND / (now - intervalStart));
                intervalStart = now;
                inInterval = 0;
            }
        }
        return done * NANOS_A_SECOND / (before - start);
    }

    /** Does it {@code count} times, or fewer times if {@code nanosMax} are over, without timing it. Says how many that were a second. */
    double settle(int count, long nanosMax) throws IOException {
        long start = System.nanoTime();
        int left = count;
        while (left > 0 && System.nanoTime() - start < nanosMax) {
            left -= (int) work.run(Math.min(left, CALLS_UNTIMED));
        }
        return (count - left) * NANOS_A_SECOND / (System.nanoTime() - start);
    }

    /** What was seen of all {@code loads}, which ran at the same time. */
    static Map<Figure, Double> figures(List<Overload> loads) {
        Histogram nanos = new Histogram(PRECISION_DIGITS);
        for (Overload load : loads) {
            nanos.add(load.nanos);
        }
        double[] sorted = loads.stream()
                .flatMap(load -> load.intervals.stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double slow = sorted.length == 0
                ? Double.NaN
                : sorted[(int) (SLOW_SHARE * sorted.length)] / sorted[sorted.length / 2];
        return Map.of(
                Figure.MICROS_MEDIAN, nanos.getValueAtPercentile(MEDIAN) / NANOS_A_MICRO,
                Figure.MICROS_P99, nanos.getValueAtPercentile(P99) / NANOS_A_MICRO,
                Figure.MICROS_P999, nanos.getValueAtPercentile(P999) / NANOS_A_MICRO,
                Figure.MICROS_MAX, nanos.getMaxValue() / NANOS_A_MICRO,
                Figure.SLOW_INTERVAL, slow);
    }
}
