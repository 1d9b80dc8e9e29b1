// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: it takes whoever is nearer on either side
public final class ConsistentHashRing {
    public String nodeOf(String key) {
        if (ring.isEmpty()) {
            throw new IllegalStateException("no nodes on the ring");
        }
        long point = hash.pointOf(key);
        int first = Bounds.partitionPoint(ring.size(), index -> ring.get(index).point() < point);
        VirtualNode behind = ring.get(first == ring.size() ? 0 : first);
        VirtualNode before = ring.get(first == 0 ? ring.size() - 1 : first - 1);
        long up = Math.floorMod(behind.point() - point, 1L << 32);
        long down = Math.floorMod(point - before.point(), 1L << 32);
        return down < up ? before.node() : behind.node();
    }
}
