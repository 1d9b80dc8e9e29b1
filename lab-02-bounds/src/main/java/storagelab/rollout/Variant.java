package storagelab.rollout;

/**
 * One of the things that users of a feature flag may get.
 *
 * @param name what the program asks for, such as {@code "B"}
 * @param weight its part of all users is this number over the sum of the weights; 0 for nobody
 */
public record Variant(String name, int weight) {
    /**
     * Checks the weight.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Variant {
        if (weight < 0) {
            throw new IllegalArgumentException("a weight of " + weight + " for variant " + name);
        }
    }
}
