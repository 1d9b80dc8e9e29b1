package storagelab.rollout;

/**
 * A piece of the ring that belongs to a variant. It is half-open, so that neighbouring arcs meet and do not overlap, and
 * measured clockwise from where the rollout begins, so that no arc wraps: {@code 0 ≤ from ≤ to ≤ 2³²}.
 *
 * @param from points from the start of the rollout to the first point of the arc
 * @param to points from the start of the rollout to the first point behind the arc; {@code from} if the arc is empty
 * @param variant whose it is
 */
public record Arc(long from, long to, String variant) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException unless {@code 0 ≤ from ≤ to ≤ 2³²}
     */
    public Arc {
        if (from < 0 || to < from || to > RolloutRing.POINTS) {
            throw new IllegalArgumentException("an arc from " + from + " to " + to + " for variant " + variant);
        }
    }

    /** How many points it has. */
    public long length() {
        return to - from;
    }
}
