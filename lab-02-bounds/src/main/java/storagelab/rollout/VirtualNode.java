package storagelab.rollout;

import java.util.Comparator;

/**
 * One of the points at which a node stands on the ring. Ordered by the point, and at one point by the name of the node.
 *
 * @param point where it stands, 0 to 2³²−1
 * @param node the name of the node
 */
public record VirtualNode(long point, String node) implements Comparable<VirtualNode> {
    private static final Comparator<VirtualNode> BY_POINT_THEN_NODE =
            Comparator.comparingLong(VirtualNode::point).thenComparing(VirtualNode::node);

    @Override
    public int compareTo(VirtualNode other) {
        return BY_POINT_THEN_NODE.compare(this, other);
    }
}
