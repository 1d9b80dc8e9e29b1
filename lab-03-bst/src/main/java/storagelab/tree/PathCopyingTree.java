package storagelab.tree;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * One version of an ordered map. It never changes: {@link #with} and {@link #without} return the next version, and all
 * versions stay readable for as long as anybody holds them. So a snapshot is a reference, and costs nothing.
 *
 * <p>A new version shares with the old one every subtree in which nothing changed. Only the nodes on the way from the root
 * to the change are new, and those that are rotated to keep the tree low.
 *
 * <p>Example, the tree of 1 to 7 with 4 at the root. {@code with(8, "h")} makes four new nodes, 4', 6', 7' and 8; the
 * whole left side, {@code 2}, and {@code 5} are the same objects in both versions, and the old root still knows nothing of 8:
 *
 * <pre>
 *      old → 4       4' ← new
 *          /   \   /   \
 *        2  ←---+-+     6'
 *       / \     6     /   \
 *      1   3   / \   |     7'
 *             5 ←-+--+      \
 *                  7         8
 * </pre>
 *
 * <p>Cost: {@code with} and {@code without} make at most 4·log₂(n + 1) + 4 new nodes, and {@code without} of a key that
 * is not there none; a tree that stays as low as that of 3.2 keeps to it. {@code get} compares at most once for each
 * node on one way down, {@code with} and {@code without} twice.
 *
 * <p>Errors: a null key or value is a {@link NullPointerException}. {@code with} of the value that is there already may return
 * this version or a new one.
 *
 * <p>Concurrency: immutable. Every field of a version and of its nodes is final, so that a version may be handed to
 * another thread in any way, even by a plain field: the memory model promises that whoever sees the reference sees all of
 * it. One thread makes new versions while others read old ones, and nobody waits.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@Exercise(
        id = "3.4",
        title = "A tree whose every version stays readable",
        points = 10,
        difficulty = Difficulty.MEDIUM,
        hours = 4)
public final class PathCopyingTree<K, V> {
    /** A side may weigh this many times the other. With {@link #INNER_WEIGHT_MAX}, the only whole numbers that work. */
    private static final int WEIGHT_MAX = 3;

    /** The inner grandchild may weigh less than this many times the outer; else one rotation would only move the weight. */
    private static final int INNER_WEIGHT_MAX = 2;

    private final Comparator<? super K> comparator;
    private final @Nullable Node<K, V> root;

    /**
     * A node of a weight-balanced tree, where the weight is one more than the count: neither side weighs more than three
     * times the other. A child has at most 3/4 of the weight, so the height is at most log(n + 1) / log(4/3), which is
     * 2.41·log₂(n + 1).
     */
    private record Node<K, V>(
            K key,
            V value,
            @Nullable Node<K, V> left,
            @Nullable Node<K, V> right,
            int count) implements CountedNode<K, V> {
        Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            this(key, value, left, right, (int) (weight(left) + weight(right) - 1));
        }
    }

    private PathCopyingTree(Comparator<? super K> comparator, @Nullable Node<K, V> root) {
        this.comparator = comparator;
        this.root = root;
    }

    /** The version without entries; keys are ordered by {@code comparator}. */
    public static <K, V> PathCopyingTree<K, V> empty(Comparator<? super K> comparator) {
        return new PathCopyingTree<>(comparator, null);
    }

    /** The order of the keys. */
    public Comparator<? super K> comparator() {
        return comparator;
    }

    /** Number of entries. Cost: looks at one node. */
    public int size() {
        return root == null ? 0 : root.count;
    }

    /** The root of this version; null if it has no entries. */
    public @Nullable CountedNode<K, V> root() {
        return root;
    }

    /** The value of {@code key} in this version; null if the key is not there. */
    public @Nullable V get(K key) {
        requireNonNull(key);
        for (Node<K, V> node = root; node != null; ) {
            int order = comparator.compare(key, node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /** The version in which {@code key} has {@code value} and everything else is as in this one. */
    public PathCopyingTree<K, V> with(K key, V value) {
        requireNonNull(key);
        requireNonNull(value);
        return new PathCopyingTree<>(comparator, with(root, key, value));
    }

    /** The version in which {@code key} is not there and everything else is as in this one; this one, if it is not here. */
    public PathCopyingTree<K, V> without(K key) {
        return get(key) == null ? this : new PathCopyingTree<>(comparator, without(root, key));
    }

    /** A cursor over the entries of this version, at none of them, whatever versions are made after it. */
    @Given
    public TreeCursor<K, V> cursor() {
        return new InOrderCursor<>(root(), comparator());
    }

    /**
     * Proves that this version is a search tree with the right counts.
     *
     * @throws AssertionError that names the keys or numbers that are wrong
     */
    @Given
    public void verify() {
        TreeShape.verify(root(), comparator(), size());
        TreeShape.verifyCounts(root());
    }

    private Node<K, V> with(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null);
        }
        int order = comparator.compare(key, node.key);
        if (order == 0) {
            return new Node<>(key, value, node.left, node.right);
        }
        return order < 0
                ? balanced(node, with(node.left, key, value), node.right)
                : balanced(node, node.left, with(node.right, key, value));
    }

    /** What is left of {@code node}'s subtree without {@code key}, which is in it. */
    private @Nullable Node<K, V> without(@Nullable Node<K, V> node, K key) {
        Node<K, V> top = requireNonNull(node);
        int order = comparator.compare(key, top.key);
        if (order < 0) {
            return balanced(top, without(top.left, key), top.right);
        }
        if (order > 0) {
            return balanced(top, top.left, without(top.right, key));
        }
        if (top.left == null || top.right == null) {
            return top.left != null ? top.left : top.right;
        }
        return balanced(leftmost(top.right), top.left, withoutLeftmost(top.right));
    }

    private static <K, V> Node<K, V> leftmost(Node<K, V> node) {
        return node.left == null ? node : leftmost(node.left);
    }

    private static <K, V> @Nullable Node<K, V> withoutLeftmost(Node<K, V> node) {
        return node.left == null ? node.right : balanced(node, withoutLeftmost(node.left), node.right);
    }

    /** A subtree with the entry of {@code entry} between {@code left} and {@code right}, one of which may be one too heavy. */
    private static <K, V> Node<K, V> balanced(Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (right != null && weight(right) > WEIGHT_MAX * weight(left)) {
            return withRightUp(entry, left, right);
        }
        if (left != null && weight(left) > WEIGHT_MAX * weight(right)) {
            return withLeftUp(entry, left, right);
        }
        return new Node<>(entry.key, entry.value, left, right);
    }

    private static <K, V> Node<K, V> withRightUp(Node<K, V> entry, @Nullable Node<K, V> left, Node<K, V> right) {
        Node<K, V> inner = right.left;
        if (inner == null || weight(inner) < INNER_WEIGHT_MAX * weight(right.right)) {
            Node<K, V> down = new Node<>(entry.key, entry.value, left, inner);
            return new Node<>(right.key, right.value, down, right.right);
        }
        return new Node<>(
                inner.key,
                inner.value,
                new Node<>(entry.key, entry.value, left, inner.left),
                new Node<>(right.key, right.value, inner.right, right.right));
    }

    private static <K, V> Node<K, V> withLeftUp(Node<K, V> entry, Node<K, V> left, @Nullable Node<K, V> right) {
        Node<K, V> inner = left.right;
        if (inner == null || weight(inner) < INNER_WEIGHT_MAX * weight(left.left)) {
            Node<K, V> down = new Node<>(entry.key, entry.value, inner, right);
            return new Node<>(left.key, left.value, left.left, down);
        }
        return new Node<>(
                inner.key,
                inner.value,
                new Node<>(left.key, left.value, left.left, inner.left),
                new Node<>(entry.key, entry.value, inner.right, right));
    }

    private static long weight(@Nullable Node<?, ?> node) {
        return node == null ? 1 : node.count + 1L;
    }
}
