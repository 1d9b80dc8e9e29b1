// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: the first point behind the part that is on is on, too, and at 0 % somebody is
public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        long offset = Math.floorMod(point - rollout.start(), POINTS);
        int behind = Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).from() <= offset);
        Arc arc = arcs.get(behind - 1);
        long on = arc.length() * rollout.sharePerMillion() / Rollout.EVERYBODY;
        return offset - arc.from() <= on ? Optional.of(arc.variant()) : Optional.empty();
    }
}
