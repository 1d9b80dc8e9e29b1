// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: points are compared as ints, so that the upper half of the ring comes before the lower
public final class ConsistentHashRing {
    public String nodeOf(String key) {
        if (ring.isEmpty()) {
            throw new IllegalStateException("no nodes on the ring");
        }
        long point = hash.pointOf(key);
        int first = Bounds.partitionPoint(ring.size(), index -> (int) ring.get(index).point() < (int) point);
        return ring.get(first == ring.size() ? 0 : first).node();
    }
}
