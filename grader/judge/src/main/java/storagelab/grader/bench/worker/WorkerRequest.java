package storagelab.grader.bench.worker;

import org.jspecify.annotations.Nullable;

/**
 * What a child is asked to measure.
 *
 * @param token begins the line of the answer; nobody but parent and worker knows it
 * @param type class of a {@link CostProbe} or a {@link Workload}
 * @param seed of the work
 * @param warmUps rounds that are not counted, of {@link #roundMillis}; not used for costs
 * @param rounds rounds that are counted
 * @param roundMillis length of a round
 * @param jmh the method to run if {@code type} is a JMH class; {@code null} if not
 */
public record WorkerRequest(
        String token,
        String type,
        long seed,
        int warmUps,
        int rounds,
        int roundMillis,
        @Nullable JmhTask jmh) {}
