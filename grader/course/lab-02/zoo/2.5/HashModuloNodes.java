// exercise: 2.5
// type: storagelab.rollout.ConsistentHashRing
// verdict: caught
// because: the remainder by the number of nodes gives almost every key to another node when one joins
public final class ConsistentHashRing {
    public String nodeOf(String key) {
        if (ring.isEmpty()) {
            throw new IllegalStateException("no nodes on the ring");
        }
        long point = hash.pointOf(key);
        List<String> names = List.copyOf(nodes());
        return names.get((int) (point % names.size()));
    }
}
