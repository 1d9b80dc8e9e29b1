// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: accepted
// because: the remainder of 2^32 is its low 32 bits, and the loop may be written out
public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        long offset = (point - rollout.start()) & 0xFFFFFFFFL;
        int low = 0;
        int high = arcs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (arcs.get(middle).from() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Arc arc = arcs.get(low - 1);
        long on = Math.multiplyExact(arc.length(), (long) rollout.sharePerMillion()) / Rollout.EVERYBODY;
        return Optional.of(arc).filter(one -> offset < one.from() + on).map(Arc::variant);
    }
}
