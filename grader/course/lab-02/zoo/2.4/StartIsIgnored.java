// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: the arcs are looked up from zero, wherever the rollout begins
public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        int behind = Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).from() <= point);
        Arc arc = arcs.get(behind - 1);
        long on = arc.length() * rollout.sharePerMillion() / Rollout.EVERYBODY;
        return point - arc.from() < on ? Optional.of(arc.variant()) : Optional.empty();
    }
}
