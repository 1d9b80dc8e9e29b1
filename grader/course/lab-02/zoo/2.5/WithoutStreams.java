// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: accepted
// because: a loop that keeps the others is the same as a filter
public final class ConsistentHashRing {
    public ConsistentHashRing without(String node) {
        List<VirtualNode> smaller = new ArrayList<>(ring.size());
        for (VirtualNode virtual : ring) {
            if (!virtual.node().equals(node)) {
                smaller.add(virtual);
            }
        }
        if (smaller.size() == ring.size()) {
            throw new IllegalArgumentException("there is no " + node);
        }
        return new ConsistentHashRing(hash, pointsPerNode, smaller);
    }
}
