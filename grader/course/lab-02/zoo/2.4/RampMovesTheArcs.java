// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: the variants share what is rolled out, so that a larger share moves users from one variant to another
public final class RolloutRing {
    public static List<Arc> arcsOf(Rollout rollout) {
        long total = rollout.variants().stream().mapToLong(Variant::weight).sum();
        long on = POINTS * rollout.sharePerMillion() / Rollout.EVERYBODY;
        List<Arc> arcs = new ArrayList<>();
        long weights = 0;
        long from = 0;
        for (Variant variant : rollout.variants()) {
            weights += variant.weight();
            long to = on * weights / total;
            arcs.add(new Arc(from, to, variant.name()));
            from = to;
        }
        return arcs;
    }

    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        long offset = Math.floorMod(point - rollout.start(), POINTS);
        int behind = Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).from() <= offset);
        Arc arc = arcs.get(behind - 1);
        return offset < arc.to() ? Optional.of(arc.variant()) : Optional.empty();
    }
}
