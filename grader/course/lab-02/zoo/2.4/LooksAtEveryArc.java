// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: it goes through the arcs one after the other: right, and n probes instead of log n
public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        long offset = Math.floorMod(point - rollout.start(), POINTS);
        for (Arc arc : arcs) {
            if (offset < arc.to()) {
                long on = arc.length() * rollout.sharePerMillion() / Rollout.EVERYBODY;
                return offset - arc.from() < on ? Optional.of(arc.variant()) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
