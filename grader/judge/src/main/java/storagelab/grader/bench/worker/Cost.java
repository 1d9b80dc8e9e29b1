package storagelab.grader.bench.worker;

/**
 * A counted cost.
 *
 * @param name with its unit: {@code "file reads a get"}
 * @param value what was spent
 * @param atMost the most that is accepted; {@code NaN} if that depends on the reference
 * @param timesReference the most that is accepted, as a multiple of what the reference spends; used when {@code atMost}
 *     is {@code NaN}
 */
public record Cost(String name, double value, double atMost, double timesReference) {
    /** A cost with a limit of its own, from a formula. */
    public static Cost atMost(String name, double value, double limit) {
        return new Cost(name, value, limit, Double.NaN);
    }

    /** A cost that may be so many times that of the reference. */
    public static Cost timesReference(String name, double value, double times) {
        return new Cost(name, value, Double.NaN, times);
    }
}
