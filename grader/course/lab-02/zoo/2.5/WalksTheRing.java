// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: it goes round the ring step by step: right, and n probes instead of log n
public final class ConsistentHashRing {
    public String nodeOf(String key) {
        if (ring.isEmpty()) {
            throw new IllegalStateException("no nodes on the ring");
        }
        long point = hash.pointOf(key);
        for (VirtualNode virtual : ring) {
            if (virtual.point() >= point) {
                return virtual.node();
            }
        }
        return ring.get(0).node();
    }
}
