// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: at one point the nodes stand in the order in which they came, and two processes disagree

import java.util.Comparator;

public final class ConsistentHashRing {
    public ConsistentHashRing with(String node) {
        if (isOnRing(node)) {
            throw new IllegalArgumentException(node + " is on the ring already");
        }
        List<VirtualNode> larger = new ArrayList<>(ring);
        for (int i = 0; i < pointsPerNode; i++) {
            larger.add(new VirtualNode(hash.pointOf(node + "#" + i), node));
        }
        larger.sort(Comparator.comparingLong(VirtualNode::point));
        return new ConsistentHashRing(hash, pointsPerNode, larger);
    }
}
