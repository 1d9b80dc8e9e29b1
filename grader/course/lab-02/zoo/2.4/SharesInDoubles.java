// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: the share of an arc is computed with floating point, which rounds
public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        long offset = Math.floorMod(point - rollout.start(), POINTS);
        int behind = Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).from() <= offset);
        Arc arc = arcs.get(behind - 1); // the first arc begins at 0, so there is one
        long on = (long) (arc.length() * (rollout.sharePerMillion() / (double) Rollout.EVERYBODY));
        return offset - arc.from() < on ? Optional.of(arc.variant()) : Optional.empty();
    }
}
