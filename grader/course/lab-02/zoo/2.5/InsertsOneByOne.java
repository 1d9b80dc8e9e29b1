// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: accepted
// because: each new virtual node is put where it belongs: the same ring, without sorting
public final class ConsistentHashRing {
    public ConsistentHashRing with(String node) {
        if (isOnRing(node)) {
            throw new IllegalArgumentException(node + " is on the ring already");
        }
        List<VirtualNode> larger = new ArrayList<>(ring);
        for (int i = 0; i < pointsPerNode; i++) {
            VirtualNode virtual = new VirtualNode(hash.pointOf(node + "#" + i), node);
            larger.add(Bounds.upperBound(larger, virtual), virtual);
        }
        return new ConsistentHashRing(hash, pointsPerNode, List.copyOf(larger));
    }
}
