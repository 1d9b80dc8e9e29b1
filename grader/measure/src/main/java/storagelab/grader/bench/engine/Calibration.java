package storagelab.grader.bench.engine;

/**
 * A fixed piece of computation, timed before and after everything that is measured. It does the same each time, so when it is
 * slow the machine was busy with something else, and what was measured beside it says nothing.
 */
final class Calibration {
    private static final int STEPS_A_LAP = 1 << 20;
    private static final int LAPS = 60;
    private static final int WARM_UP_RUNS = 6;
    private static final double NANOS_A_SECOND = 1e9;

    private final int laps;
    private final int[] table = new int[1 << 12];
    private long state = 0x9e3779b97f4a7c15L;

    /** One that takes about a tenth of a second. */
    Calibration() {
        this(LAPS);
    }

    Calibration(int laps) {
        this.laps = laps;
    }

    /** Runs until it is compiled. */
    void warmUp() {
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            double unused = pace();
        }
    }

    /** Steps a second, over all laps. */
    double pace() {
        long start = System.nanoTime();
        for (int lap = 0; lap < laps; lap++) {
            lap();
        }
        return (double) laps * STEPS_A_LAP * NANOS_A_SECOND / (System.nanoTime() - start);
    }

    private void lap() {
        long x = state;
        for (int i = 0; i < STEPS_A_LAP; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
            table[(int) x & (table.length - 1)] += i;
        }
        state = x;
    }
}
