// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: the new virtual nodes are appended, and the search needs them in order
public final class ConsistentHashRing {
    public ConsistentHashRing with(String node) {
        if (isOnRing(node)) {
            throw new IllegalArgumentException(node + " is on the ring already");
        }
        List<VirtualNode> larger = new ArrayList<>(ring);
        for (int i = 0; i < pointsPerNode; i++) {
            larger.add(new VirtualNode(hash.pointOf(node + "#" + i), node));
        }
        return new ConsistentHashRing(hash, pointsPerNode, larger);
    }
}
