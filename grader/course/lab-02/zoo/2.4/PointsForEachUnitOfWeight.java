// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: 2^32 is divided by the sum of the weights first, and the remainder is lost
public final class RolloutRing {
    public static List<Arc> arcsOf(Rollout rollout) {
        long total = rollout.variants().stream().mapToLong(Variant::weight).sum();
        long unit = POINTS / total;
        List<Arc> arcs = new ArrayList<>();
        long from = 0;
        for (Variant variant : rollout.variants()) {
            long to = from + unit * variant.weight();
            arcs.add(new Arc(from, to, variant.name()));
            from = to;
        }
        return arcs;
    }
}
