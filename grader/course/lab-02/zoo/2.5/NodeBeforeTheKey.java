// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: it takes the last virtual node at or before the key and not the first at or behind it
public final class ConsistentHashRing {
    public String nodeOf(String key) {
        if (ring.isEmpty()) {
            throw new IllegalStateException("no nodes on the ring");
        }
        long point = hash.pointOf(key);
        int behind = Bounds.partitionPoint(ring.size(), index -> ring.get(index).point() <= point);
        return ring.get(behind == 0 ? ring.size() - 1 : behind - 1).node();
    }
}
