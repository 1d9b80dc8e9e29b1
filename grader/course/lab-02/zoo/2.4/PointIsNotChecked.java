// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: a negative point, from a hash with a sign, is taken for one of the ring
public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        long offset = Math.floorMod(point - rollout.start(), POINTS);
        int behind = Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).from() <= offset);
        Arc arc = arcs.get(behind - 1);
        long on = arc.length() * rollout.sharePerMillion() / Rollout.EVERYBODY;
        return offset - arc.from() < on ? Optional.of(arc.variant()) : Optional.empty();
    }
}
