package storagelab.rollout;

import java.util.List;

/**
 * The configuration of a feature flag: what every process that asks the flag has been told, and all that the answer may
 * depend on besides the user.
 *
 * <p>The share is in parts per million, so that 1 % is 10,000 and no answer depends on how a fraction was rounded.
 *
 * @param salt the name of the flag, hashed with each user; flags with different salts choose different users first
 * @param start the point of the ring where the arc of the first variant begins, 0 to 2³²−1
 * @param variants what users may get, clockwise from {@code start}
 * @param sharePerMillion how many of a million users get any variant at all
 */
public record Rollout(String salt, long start, List<Variant> variants, int sharePerMillion) {
    /** Every user, in parts per million. */
    public static final int EVERYBODY = 1_000_000;

    /**
     * Checks the values and copies the list.
     *
     * @throws IllegalArgumentException if the salt has a NUL character, the start is not on the ring, two variants have one
     *     name, the sum of the weights is 0 or does not fit an {@code int}, or the share is not 0 to a million
     */
    public Rollout {
        variants = List.copyOf(variants);
        if (salt.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL character in the salt " + salt);
        }
        if (start < 0 || start >= RolloutRing.POINTS) {
            throw new IllegalArgumentException("a start of " + start + ", which is not a point of the ring");
        }
        if (variants.stream().map(Variant::name).distinct().count() < variants.size()) {
            throw new IllegalArgumentException("two variants have one name: " + variants);
        }
        long weights = variants.stream().mapToLong(Variant::weight).sum();
        if (weights < 1 || weights > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("weights that add up to " + weights + ": " + variants);
        }
        if (sharePerMillion < 0 || sharePerMillion > EVERYBODY) {
            throw new IllegalArgumentException("a share of " + sharePerMillion + " in a million");
        }
    }

    /** A flag that is on or off: one variant, named {@code "on"}, whose arc begins at {@code start}. */
    public static Rollout onOff(String salt, long start, int sharePerMillion) {
        return new Rollout(salt, start, List.of(new Variant("on", 1)), sharePerMillion);
    }

    /** The same flag for more users, or fewer. */
    public Rollout withShare(int newSharePerMillion) {
        return new Rollout(salt, start, variants, newSharePerMillion);
    }
}
