package storagelab.rollout.toy;

import java.util.ArrayList;
import java.util.List;
import storagelab.course.Toy;
import storagelab.rollout.RingHash;

/** Keys spread over the nodes of a cluster by the remainder of their hash. It is even, until a node joins. */
@Toy("divides by the number of nodes, so that the number decides where every key is")
public final class ModuloPlacement {
    private final RingHash hash;
    private final List<String> nodes;

    /** A cluster of {@code nodes}. */
    public ModuloPlacement(RingHash hash, List<String> nodes) {
        this.hash = hash;
        this.nodes = List.copyOf(nodes);
    }

    /** The cluster with one more node. */
    public ModuloPlacement with(String node) {
        List<String> larger = new ArrayList<>(nodes);
        larger.add(node);
        return new ModuloPlacement(hash, larger);
    }

    /** The node that {@code key} belongs to. */
    public String nodeOf(String key) {
        return nodes.get((int) (hash.pointOf(key) % nodes.size()));
    }
}
