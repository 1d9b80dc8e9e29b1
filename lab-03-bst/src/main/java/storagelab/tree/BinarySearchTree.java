package storagelab.tree;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.AbstractIterator;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * A plain binary search tree: an entry goes where the search for its key ends, and nothing is ever moved for balance.
 *
 * <p>Example: {@code put} of 4, 2, 6, 1, 3 in this order makes a tree of height 3 with 4 at the root:
 *
 * <pre>
 *        4
 *      /   \
 *     2     6
 *    / \
 *   1   3
 * </pre>
 *
 * {@code delete(6)}: no child, it goes. {@code delete(2)} then: two children, so the next greater key, 3, takes its
 * place, and the node that 3 came from goes (copy the entry or link the node anew, either is right). {@code delete(4)}:
 * one child is left, 3, which becomes the root.
 *
 * <p>Keys that arrive in ascending order make every node the right child of the one before: a list, n high. The tree has
 * to live with that:
 *
 * <ul>
 *   <li>Nothing recurses. A thread has a stack of a megabyte or less, and a million nodes in a row must not overflow it:
 *       not by {@code put}, {@code delete} or a cursor, not by {@link #clear}.
 *   <li>{@code put} of a key greater than every other compares it with the greatest and, at most, once more; it does not
 *       walk there. (A million ascending keys would otherwise take 500,000,000,000 steps.)
 * </ul>
 *
 * <p>Cost: {@code put}, {@code get}, {@code delete}, {@code floor}, {@code ceiling}, {@code lower} and {@code higher}: at most
 * one comparison for each node on one way down, and one more for {@code put}; {@code first} and {@code last}: none.
 *
 * <p>Write {@link InOrderCursor}, too; {@link #cursor} returns one.
 *
 * <p>Concurrency: one thread.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@Exercise(
        id = "3.1",
        title = "A plain search tree, as deep as its input makes it",
        points = 12,
        difficulty = Difficulty.MEDIUM,
        hours = 4)
public final class BinarySearchTree<K, V> implements SearchTree<K, V> {
    private final Comparator<? super K> comparator;
    private @Nullable Node<K, V> root;
    private int size;

    /** The node with the greatest key, where it is known; after a deletion it is looked for when it is next needed. */
    private @Nullable Node<K, V> greatest;

    private static final class Node<K, V> implements TreeNode<K, V> {
        private K key;
        private V value;
        private @Nullable Node<K, V> left;
        private @Nullable Node<K, V> right;

        Node(K key, V value) {
            this.key = key;
            this.value = value;
        }

        @Override
        public K key() {
            return key;
        }

        @Override
        public V value() {
            return value;
        }

        @Override
        public @Nullable Node<K, V> left() {
            return left;
        }

        @Override
        public @Nullable Node<K, V> right() {
            return right;
        }
    }

    /** A tree without entries whose keys are ordered by {@code comparator}. */
    public BinarySearchTree(Comparator<? super K> comparator) {
        this.comparator = comparator;
    }

    @Override
    public Comparator<? super K> comparator() {
        return comparator;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable TreeNode<K, V> root() {
        return root;
    }

    @Override
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

    @Override
    public @Nullable V put(K key, V value) {
        requireNonNull(key);
        requireNonNull(value);
        Node<K, V> end = greatest();
        if (end == null) {
            root = added(key, value);
            greatest = root;
            return null;
        }
        if (comparator.compare(key, end.key) > 0) {
            end.right = added(key, value);
            greatest = end.right;
            return null;
        }
        Node<K, V> node = requireNonNull(root);
        while (true) {
            int order = comparator.compare(key, node.key);
            if (order == 0) {
                V before = node.value;
                node.value = value;
                return before;
            }
            Node<K, V> child = order < 0 ? node.left : node.right;
            if (child == null) {
                if (order < 0) {
                    node.left = added(key, value);
                } else {
                    node.right = added(key, value);
                }
                return null;
            }
            node = child;
        }
    }

    @Override
    public @Nullable V delete(K key) {
        requireNonNull(key);
        Node<K, V> parent = null;
        Node<K, V> node = root;
        while (node != null) {
            int order = comparator.compare(key, node.key);
            if (order == 0) {
                break;
            }
            parent = node;
            node = order < 0 ? node.left : node.right;
        }
        if (node == null) {
            return null;
        }
        V before = node.value;
        if (node.left != null && node.right != null) {
            // The next greater key takes its place. It has no left child, so its own node can go.
            parent = node;
            Node<K, V> next = node.right;
            while (next.left != null) {
                parent = next;
                next = next.left;
            }
            node.key = next.key;
            node.value = next.value;
            node = next;
        }
        replaceChild(parent, node, node.left != null ? node.left : node.right);
        greatest = null;
        size--;
        return before;
    }

    @Override
    public void clear() {
        root = null;
        greatest = null;
        size = 0;
    }

    @Override
    public Map.@Nullable Entry<K, V> first() {
        Node<K, V> node = root;
        while (node != null && node.left != null) {
            node = node.left;
        }
        return copyOf(node);
    }

    @Override
    public Map.@Nullable Entry<K, V> last() {
        return copyOf(greatest());
    }

    @Override
    public Map.@Nullable Entry<K, V> floor(K key) {
        return copyOf(lastBelow(key, 0));
    }

    @Override
    public Map.@Nullable Entry<K, V> lower(K key) {
        return copyOf(lastBelow(key, -1));
    }

    @Override
    public Map.@Nullable Entry<K, V> ceiling(K key) {
        return copyOf(firstAbove(key, 0));
    }

    @Override
    public Map.@Nullable Entry<K, V> higher(K key) {
        return copyOf(firstAbove(key, 1));
    }

    /**
     * The entries with keys from {@code from}, included, to {@code to}, not included, in ascending order. Must not be used
     * any more once the tree has changed.
     *
     * <p>Cost: one comparison of {@code from} with {@code to}, one way down to the first entry, one comparison for each entry
     * that is given, and one for the first behind the range; no other entries are looked at, but for those on the way.
     *
     * @throws IllegalArgumentException if {@code from} is greater than {@code to}
     */
    public Iterator<Map.Entry<K, V>> range(K from, K to) {
        if (comparator.compare(from, to) > 0) {
            throw new IllegalArgumentException("a range from " + from + " down to " + to);
        }
        TreeCursor<K, V> cursor = cursor();
        cursor.seek(from);
        return new AbstractIterator<>() {
            @Override
            protected Map.@Nullable Entry<K, V> computeNext() {
                if (!cursor.isValid() || comparator.compare(cursor.key(), to) >= 0) {
                    return endOfData();
                }
                Map.Entry<K, V> entry = Map.entry(cursor.key(), cursor.value());
                cursor.next();
                return entry;
            }
        };
    }

    private Node<K, V> added(K key, V value) {
        size++;
        return new Node<>(key, value);
    }

    private @Nullable Node<K, V> greatest() {
        if (greatest == null && root != null) {
            Node<K, V> node = root;
            while (node.right != null) {
                node = node.right;
            }
            greatest = node;
        }
        return greatest;
    }

    /** The last node whose order against {@code key} is {@code orderMax} or less: 0 for not greater, -1 for less. */
    private @Nullable Node<K, V> lastBelow(K key, int orderMax) {
        requireNonNull(key);
        Node<K, V> found = null;
        for (Node<K, V> node = root; node != null; ) {
            if (Integer.signum(comparator.compare(node.key, key)) <= orderMax) {
                found = node;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return found;
    }

    /** The first node whose order against {@code key} is {@code orderMin} or more: 0 for not less, 1 for greater. */
    private @Nullable Node<K, V> firstAbove(K key, int orderMin) {
        requireNonNull(key);
        Node<K, V> found = null;
        for (Node<K, V> node = root; node != null; ) {
            if (Integer.signum(comparator.compare(node.key, key)) >= orderMin) {
                found = node;
                node = node.left;
            } else {
                node = node.right;
            }
        }
        return found;
    }

    private void replaceChild(@Nullable Node<K, V> parent, Node<K, V> child, @Nullable Node<K, V> by) {
        if (parent == null) {
            root = by;
        } else if (parent.left == child) {
            parent.left = by;
        } else {
            parent.right = by;
        }
    }

    private static <K, V> Map.@Nullable Entry<K, V> copyOf(@Nullable Node<K, V> node) {
        return node == null ? null : Map.entry(node.key, node.value);
    }
}
