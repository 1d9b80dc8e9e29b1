// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: the share cuts the ring once, so that at 50 % all of it is the first variant
public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        long offset = Math.floorMod(point - rollout.start(), POINTS);
        int behind = Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).from() <= offset);
        long on = POINTS * rollout.sharePerMillion() / Rollout.EVERYBODY;
        return offset < on ? Optional.of(arcs.get(behind - 1).variant()) : Optional.empty();
    }
}
