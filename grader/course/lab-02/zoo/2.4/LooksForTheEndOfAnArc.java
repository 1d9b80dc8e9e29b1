// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: accepted
// because: the first arc that ends behind the point is the same arc
public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        long offset = point >= rollout.start() ? point - rollout.start() : point + POINTS - rollout.start();
        Arc arc = arcs.get(Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).to() <= offset));
        long on = arc.length() * rollout.sharePerMillion() / Rollout.EVERYBODY;
        return offset - arc.from() < on ? Optional.of(arc.variant()) : Optional.empty();
    }
}
