package storagelab.grader.bench.worker;

import java.util.Map;

/**
 * One method of a JMH benchmark class, and how it is run.
 *
 * @param method name of the method
 * @param params values of the class's {@code @Param} fields, one each
 * @param threads how many threads call it
 * @param singleShot whether a round is one call that starts cold, as filling an empty structure is
 * @param operations how many operations one call does; 0 for what the method's annotation says
 */
public record JmhTask(String method, Map<String, String> params, int threads, boolean singleShot, int operations) {
    public JmhTask {
        params = Map.copyOf(params);
    }
}
