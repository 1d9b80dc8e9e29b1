package storagelab.cost;

/**
 * How a load is spread over keys: {@code requestShare} of the requests go to a hot part that has {@code keyShare} of the keys, and
 * the others to the rest. Within each part all keys are asked for equally often, and the keys of the hot part are neighbours.
 *
 * <p>Example: in {@code new Locality(0.1, 0.9)}, nine of ten requests go to a tenth of the keys. One of those keys is asked for
 * 0.9 / 0.1 = 9 times as often as the average key, and 81 times as often as a key of the rest.
 *
 * @param keyShare of the hot part: more than 0, at most 1
 * @param requestShare of the hot part: at least {@code keyShare}, at most 1
 */
public record Locality(double keyShare, double requestShare) {
    /** All keys are asked for equally often. */
    public static final Locality UNIFORM = new Locality(1, 1);

    /**
     * Checks the shares.
     *
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public Locality {
        if (!(keyShare > 0 && keyShare <= requestShare && requestShare <= 1)) {
            throw new IllegalArgumentException(
                    requestShare + " of the requests to " + keyShare + " of the keys as the hot part");
        }
    }
}
