// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: nodes are told by how their names begin, so that node-1 takes node-10 along
public final class ConsistentHashRing {
    public ConsistentHashRing without(String node) {
        if (!isOnRing(node)) {
            throw new IllegalArgumentException(node + " is not on the ring");
        }
        List<VirtualNode> smaller =
                ring.stream().filter(virtual -> !virtual.node().startsWith(node)).toList();
        return new ConsistentHashRing(hash, pointsPerNode, smaller);
    }
}
