package storagelab.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import storagelab.bounds.Bounds;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;

/**
 * Spreads keys over the nodes of a cluster so that few of them move when a node joins or leaves.
 *
 * <p>Every node stands at several points of a ring of 2³² points, its <em>virtual nodes</em>. A key has a point, too, and
 * belongs to the first virtual node at or behind it, clockwise, past zero if need be. A node that joins takes keys from
 * whoever stands next on the ring behind each of its points; between the nodes that were there before, nothing moves.
 *
 * <p>Example: three nodes with one point each, A at 1,000, B at 2,000,000,000, C at 4,000,000,000. A key at 1,500 belongs
 * to B, one at 2,000,000,000 to B, one at 2,000,000,001 to C, and one at 4,100,000,000 to A: behind it there is nobody up to
 * the end of the ring, and the first from 0 on is A. When D joins at 3,000,000,000, the keys from 2,000,000,001 to
 * 3,000,000,000 move from C to D; no other key moves. When D leaves, the same keys go back to C.
 *
 * <p>With one point a node the arcs are as uneven as chance makes them; with 256 points a node what a node has is within
 * some 7 % of the mean, and what a node leaves behind is spread over all the others.
 *
 * <p>Concurrency: immutable, any number of threads.
 */
public final class ConsistentHashRing {
    private final RingHash hash;
    private final int pointsPerNode;
    private final List<VirtualNode> ring;

    /**
     * A ring on which {@code ring} stand already.
     *
     * @param pointsPerNode how many virtual nodes a node has
     * @param ring ascending; not copied
     * @throws IllegalArgumentException if {@code pointsPerNode} is less than 1
     */
    public ConsistentHashRing(RingHash hash, int pointsPerNode, List<VirtualNode> ring) {
        if (pointsPerNode < 1) {
            throw new IllegalArgumentException(pointsPerNode + " points a node");
        }
        this.hash = hash;
        this.pointsPerNode = pointsPerNode;
        this.ring = ring;
    }

    /** A ring without nodes. */
    public static ConsistentHashRing empty(RingHash hash, int pointsPerNode) {
        return new ConsistentHashRing(hash, pointsPerNode, List.of());
    }

    /** The virtual nodes, ascending. */
    public List<VirtualNode> virtualNodes() {
        return Collections.unmodifiableList(ring);
    }

    /** The names of the nodes. */
    public Set<String> nodes() {
        return ring.stream().map(VirtualNode::node).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The ring with one more node; this one stays as it is. The new node stands at the points of {@code node + "#0"},
     * {@code node + "#1"}, … {@code node + "#" + (pointsPerNode - 1)}; a node has so many virtual nodes in any case, also
     * if two of them are at one point.
     *
     * <p>Example: with {@link RingHash#murmur3} and two points a node, {@code node-1} stands at 1092808254 (the point of
     * {@code "node-1#0"}) and at 3685799543 ({@code "node-1#1"}).
     *
     * <p>Two nodes may stand at one point: with 10,000 virtual nodes on 2³² points that happens on one ring in a hundred.
     * Both stay on the ring, ordered by name, and the keys belong to the smaller name. So a ring depends on which nodes are
     * on it, and not on the order in which they came.
     *
     * <p>Cost: what sorting all virtual nodes costs, or less.
     *
     * @throws IllegalArgumentException if the node is on the ring already
     */
    @Exercise(
            id = "2.5",
            title = "Consistent hashing",
            points = 8,
            difficulty = Difficulty.MEDIUM,
            hours = 2,
            needs = "2.1")
    public ConsistentHashRing with(String node) {
        if (isOnRing(node)) {
            throw new IllegalArgumentException(node + " is on the ring already");
        }
        List<VirtualNode> larger = new ArrayList<>(ring);
        for (int i = 0; i < pointsPerNode; i++) {
            larger.add(new VirtualNode(hash.pointOf(node + "#" + i), node));
        }
        Collections.sort(larger);
        return new ConsistentHashRing(hash, pointsPerNode, larger);
    }

    /**
     * The ring without a node; this one stays as it is. A ring that a node joined and left is the ring it was before.
     *
     * @throws IllegalArgumentException if the node is not on the ring
     */
    @ExercisePart("2.5")
    public ConsistentHashRing without(String node) {
        if (!isOnRing(node)) {
            throw new IllegalArgumentException(node + " is not on the ring");
        }
        List<VirtualNode> smaller =
                ring.stream().filter(virtual -> !virtual.node().equals(node)).toList();
        return new ConsistentHashRing(hash, pointsPerNode, smaller);
    }

    /**
     * The node that {@code key} belongs to: that of the first virtual node whose point is not less than the key's, or, if
     * there is none, of the first on the ring.
     *
     * <p>Cost: a lower bound ({@link Bounds#partitionPoint}); at most ⌈log₂(n+1)⌉ + 1 calls of {@link List#get} on the n
     * virtual nodes, 13 for 4,000.
     *
     * @throws IllegalStateException if there are no nodes
     */
    @ExercisePart("2.5")
    public String nodeOf(String key) {
        if (ring.isEmpty()) {
            throw new IllegalStateException("no nodes on the ring");
        }
        long point = hash.pointOf(key);
        int first = Bounds.partitionPoint(ring.size(), index -> ring.get(index).point() < point);
        return ring.get(first == ring.size() ? 0 : first).node();
    }

    private boolean isOnRing(String node) {
        return ring.stream().anyMatch(virtual -> virtual.node().equals(node));
    }
}
