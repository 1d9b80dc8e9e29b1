// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: accepted
// because: no name is smaller than the empty one, so that the place of a virtual node without a name is the bound
public final class ConsistentHashRing {
    public String nodeOf(String key) {
        if (ring.isEmpty()) {
            throw new IllegalStateException("no nodes on the ring");
        }
        long point = hash.pointOf(key);
        int found = Collections.binarySearch(ring, new VirtualNode(point, ""));
        int first = found >= 0 ? found : -found - 1;
        return ring.get(first % ring.size()).node();
    }
}
