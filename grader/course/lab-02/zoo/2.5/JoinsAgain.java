// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: a node that is on the ring already joins once more, and has twice as many points
public final class ConsistentHashRing {
    public ConsistentHashRing with(String node) {
        List<VirtualNode> larger = new ArrayList<>(ring);
        for (int i = 0; i < pointsPerNode; i++) {
            larger.add(new VirtualNode(hash.pointOf(node + "#" + i), node));
        }
        Collections.sort(larger);
        return new ConsistentHashRing(hash, pointsPerNode, larger);
    }
}
