// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: a map by point has room for one of two virtual nodes at the same point

import java.util.TreeMap;

public final class ConsistentHashRing {
    public ConsistentHashRing with(String node) {
        if (isOnRing(node)) {
            throw new IllegalArgumentException(node + " is on the ring already");
        }
        TreeMap<Long, VirtualNode> byPoint = new TreeMap<>();
        ring.forEach(virtual -> byPoint.put(virtual.point(), virtual));
        for (int i = 0; i < pointsPerNode; i++) {
            long point = hash.pointOf(node + "#" + i);
            byPoint.put(point, new VirtualNode(point, node));
        }
        return new ConsistentHashRing(hash, pointsPerNode, List.copyOf(byPoint.values()));
    }
}
