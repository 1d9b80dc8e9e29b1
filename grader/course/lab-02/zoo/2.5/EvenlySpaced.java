// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: the virtual nodes of all nodes are spread evenly, and move when a node joins
public final class ConsistentHashRing {
    public ConsistentHashRing with(String node) {
        if (isOnRing(node)) {
            throw new IllegalArgumentException(node + " is on the ring already");
        }
        List<String> names = new ArrayList<>(nodes());
        names.add(node);
        List<VirtualNode> even = new ArrayList<>();
        long count = (long) names.size() * pointsPerNode;
        for (int i = 0; i < count; i++) {
            even.add(new VirtualNode(((long) i << 32) / count, names.get(i % names.size())));
        }
        Collections.sort(even);
        return new ConsistentHashRing(hash, pointsPerNode, even);
    }
}
