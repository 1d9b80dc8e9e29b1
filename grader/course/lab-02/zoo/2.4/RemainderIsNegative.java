// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: % keeps the sign: a point before the start is a negative distance from it
public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        long offset = (point - rollout.start()) % POINTS;
        int behind = Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).from() <= offset);
        Arc arc = arcs.get(Math.max(behind - 1, 0));
        long on = arc.length() * rollout.sharePerMillion() / Rollout.EVERYBODY;
        return offset - arc.from() < on ? Optional.of(arc.variant()) : Optional.empty();
    }
}
