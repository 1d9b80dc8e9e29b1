// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: the node is taken out of the ring itself, under everybody who reads it
public final class ConsistentHashRing {
    public ConsistentHashRing without(String node) {
        if (!isOnRing(node)) {
            throw new IllegalArgumentException(node + " is not on the ring");
        }
        ring.removeIf(virtual -> virtual.node().equals(node));
        return this;
    }
}
