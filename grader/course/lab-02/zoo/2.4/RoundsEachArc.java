// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: lengths that are rounded one by one leave a gap at the end of the ring
public final class RolloutRing {
    public static List<Arc> arcsOf(Rollout rollout) {
        long total = rollout.variants().stream().mapToLong(Variant::weight).sum();
        List<Arc> arcs = new ArrayList<>();
        long from = 0;
        for (Variant variant : rollout.variants()) {
            long to = from + POINTS * variant.weight() / total;
            arcs.add(new Arc(from, to, variant.name()));
            from = to;
        }
        return arcs;
    }
}
