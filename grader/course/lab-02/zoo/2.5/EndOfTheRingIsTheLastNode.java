// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: a key behind the last virtual node stays with it instead of going past zero to the first
public final class ConsistentHashRing {
    public String nodeOf(String key) {
        if (ring.isEmpty()) {
            throw new IllegalStateException("no nodes on the ring");
        }
        long point = hash.pointOf(key);
        int first = Bounds.partitionPoint(ring.size(), index -> ring.get(index).point() < point);
        return ring.get(Math.min(first, ring.size() - 1)).node();
    }
}
