// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: a key at the very point of a virtual node is given to the next one
public final class ConsistentHashRing {
    public String nodeOf(String key) {
        if (ring.isEmpty()) {
            throw new IllegalStateException("no nodes on the ring");
        }
        long point = hash.pointOf(key);
        int first = Bounds.partitionPoint(ring.size(), index -> ring.get(index).point() <= point);
        return ring.get(first == ring.size() ? 0 : first).node();
    }
}
