package storagelab.grader.bench.engine;

import java.util.Set;

/**
 * What the JVM of one engine is asked to do.
 *
 * @param engine name of the class of the engine
 * @param directory where it may write; there, empty, and removed by whoever asks
 * @param size how many records, and how large the cache
 * @param timing how long things are measured
 * @param workloads what is done
 * @param seed decides every random choice
 */
public record EngineTask(
        String engine, String directory, Size size, Timing timing, Set<EngineWorkload> workloads, long seed) {
    public EngineTask {
        workloads = Set.copyOf(workloads);
    }

    /**
     * How much there is.
     *
     * @param records in a store
     * @param cacheBytes what the engine may keep in memory
     */
    public record Size(int records, long cacheBytes) {}

    /**
     * How long things are measured.
     *
     * @param warmUpMillis before the clock starts
     * @param windowMillis on the clock
     * @param loadMillisMax when a load is stopped, however much of it is missing
     */
    public record Timing(long warmUpMillis, long windowMillis, long loadMillisMax) {
        /** The same from the first moment on. */
        Timing withoutWarmUp() {
            return new Timing(0, windowMillis, loadMillisMax);
        }

        /** So long is done what is only to be compiled. */
        Timing forWarmUp() {
            return new Timing(0, 2 * warmUpMillis, loadMillisMax);
        }
    }
}
