// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: each node stands at one point only, and the arcs are as uneven as chance makes them
public final class ConsistentHashRing {
    public ConsistentHashRing with(String node) {
        if (isOnRing(node)) {
            throw new IllegalArgumentException(node + " is on the ring already");
        }
        List<VirtualNode> larger = new ArrayList<>(ring);
        larger.add(new VirtualNode(hash.pointOf(node + "#0"), node));
        Collections.sort(larger);
        return new ConsistentHashRing(hash, pointsPerNode, larger);
    }
}
