// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: whoever stands at the same point leaves, too
public final class ConsistentHashRing {
    public ConsistentHashRing without(String node) {
        if (!isOnRing(node)) {
            throw new IllegalArgumentException(node + " is not on the ring");
        }
        Set<Long> points = new TreeSet<>();
        for (int i = 0; i < pointsPerNode; i++) {
            points.add(hash.pointOf(node + "#" + i));
        }
        List<VirtualNode> smaller = ring.stream()
                .filter(virtual -> !points.contains(virtual.point()))
                .toList();
        return new ConsistentHashRing(hash, pointsPerNode, smaller);
    }
}
