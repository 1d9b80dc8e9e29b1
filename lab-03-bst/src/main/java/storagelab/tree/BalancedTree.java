package storagelab.tree;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * A search tree that stays low, whatever the order in which keys come and go. Which kind of balanced tree it is, is yours
 * to choose: AVL, red-black, or any other that is low always. (A treap is low on average, which is not enough here.)
 *
 * <p>Invariants: 1. keys ascend from left to right; 2. after every {@code put} and every {@code delete} the height is at
 * most 2·log₂(n + 1) for n entries, which {@link TreeShape#balancedHeightMax} computes.
 *
 * <p>Example: {@code put} of 1, 2 and 3. After the third, the plain tree is a list. The invariant would still allow
 * that, up to a list of 5 keys, but not of 6; an AVL tree rotates at once. A rotation to the left makes 2 the root:
 *
 * <pre>
 *   1                     2
 *    \                   / \
 *     2         →       1   3
 *      \
 *       3
 * </pre>
 *
 * {@code put} of 3, 1, 2 needs two: first 1 and 2 to the left, then 3 and 2 to the right. And {@code delete}: in the tree
 * with 2 at the root, 1 left, 3 right and 4 right of 3, {@code delete(1)} leaves a list 2, 3, 4: an AVL tree rotates
 * it, too. A tree that balances in {@code put} only is too high after enough deletes.
 *
 * <p>Cost: {@code put}, {@code get}, {@code delete}, {@code floor}, {@code ceiling}, {@code lower} and {@code higher} compare
 * at most once for each node on one way down; {@code first} and {@code last} compare nothing. {@code put} and {@code get}
 * take at most 1.2 times as long as those of {@link java.util.TreeMap}: {@code ./lab bench 3} shows yours.
 *
 * <p>For exercise 3.2 the {@link CountedNode#count} of the nodes may be anything. Exercise 3.3 needs it right.
 *
 * <p>Concurrency: one thread.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@Exercise(id = "3.2", title = "A tree that stays balanced", points = 16, difficulty = Difficulty.HARD, hours = 7)
public final class BalancedTree<K, V> implements SearchTree<K, V> {
    private final Comparator<? super K> comparator;
    private @Nullable Node<K, V> root;

    /**
     * A node of an AVL tree: the heights of its two sides differ by one at most.
     *
     * <p>The number of nodes of an AVL tree of height h is at least F(h + 2) - 1, with F the Fibonacci numbers, which makes h
     * at most 1.44·log₂(n + 2).
     */
    private static final class Node<K, V> implements CountedNode<K, V> {
        private K key;
        private V value;
        private @Nullable Node<K, V> parent;
        private @Nullable Node<K, V> left;
        private @Nullable Node<K, V> right;
        private int height = 1;
        private int count = 1;

        Node(K key, V value, @Nullable Node<K, V> parent) {
            this.key = key;
            this.value = value;
            this.parent = parent;
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
        public int count() {
            return count;
        }

        @Override
        public @Nullable Node<K, V> left() {
            return left;
        }

        @Override
        public @Nullable Node<K, V> right() {
            return right;
        }

        /** How much higher the left side is than the right. */
        int lean() {
            return heightOf(left) - heightOf(right);
        }

        /** Computes height and count again, after its children have changed. */
        void update() {
            height = 1 + Math.max(heightOf(left), heightOf(right));
            count = 1 + countOf(left) + countOf(right);
        }
    }

    /** A tree without entries whose keys are ordered by {@code comparator}. */
    public BalancedTree(Comparator<? super K> comparator) {
        this.comparator = comparator;
    }

    @Override
    public Comparator<? super K> comparator() {
        return comparator;
    }

    @Override
    public int size() {
        return countOf(root);
    }

    @Override
    public @Nullable CountedNode<K, V> root() {
        return root;
    }

    @Override
    public @Nullable V get(K key) {
        Node<K, V> node = find(key);
        return node == null ? null : node.value;
    }

    @Override
    public @Nullable V put(K key, V value) {
        requireNonNull(key);
        requireNonNull(value);
        Node<K, V> parent = null;
        int order = 0;
        Node<K, V> node = root;
        while (node != null) {
            parent = node;
            order = comparator.compare(key, node.key);
            if (order < 0) {
                node = node.left;
            } else if (order > 0) {
                node = node.right;
            } else {
                V before = node.value;
                node.value = value;
                return before;
            }
        }
        Node<K, V> added = new Node<>(key, value, parent);
        if (parent == null) {
            root = added;
        } else if (order < 0) {
            parent.left = added;
        } else {
            parent.right = added;
        }
        balanceUpwards(parent, 1);
        return null;
    }

    @Override
    public @Nullable V delete(K key) {
        Node<K, V> node = find(key);
        if (node == null) {
            return null;
        }
        V before = node.value;
        if (node.left != null && node.right != null) {
            Node<K, V> next = leftmost(node.right);
            node.key = next.key;
            node.value = next.value;
            node = next;
        }
        replace(node, node.left != null ? node.left : node.right);
        balanceUpwards(node.parent, -1);
        return before;
    }

    @Override
    public void clear() {
        root = null;
    }

    @Override
    public Map.@Nullable Entry<K, V> first() {
        return root == null ? null : copyOf(leftmost(root));
    }

    @Override
    public Map.@Nullable Entry<K, V> last() {
        Node<K, V> node = root;
        while (node != null && node.right != null) {
            node = node.right;
        }
        return copyOf(node);
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

    /** Number of entries whose keys are less than {@code key}: {@link OrderStatistics#rank}. */
    @Given
    public int rank(K key) {
        return OrderStatistics.rank(root(), key, comparator());
    }

    /** The entry that has {@code index} smaller ones: {@link OrderStatistics#select}. */
    @Given
    public Map.Entry<K, V> select(int index) {
        CountedNode<K, V> node = OrderStatistics.select(root(), index);
        return Map.entry(node.key(), node.value());
    }

    /**
     * Proves that this is a search tree, and low.
     *
     * @throws AssertionError that names the keys or numbers that are wrong
     */
    @Given
    @Override
    public void verify() {
        SearchTree.super.verify();
        int heightMax = TreeShape.balancedHeightMax(size());
        if (height() > heightMax) {
            throw new AssertionError(
                    "height " + height() + " with " + size() + " entries; 2·log₂(n + 1) is " + heightMax);
        }
    }

    /**
     * The node of {@code key}; null if there is none. Two branches, and not {@code order < 0 ? node.left : node.right}: the
     * compiler makes that one a conditional move, which waits for the comparison, whereas the processor guesses a branch
     * and fetches the next node meanwhile. With 100,000 keys that is worth a third of the time.
     */
    private @Nullable Node<K, V> find(K key) {
        requireNonNull(key);
        Node<K, V> node = root;
        while (node != null) {
            int order = comparator.compare(key, node.key);
            if (order < 0) {
                node = node.left;
            } else if (order > 0) {
                node = node.right;
            } else {
                return node;
            }
        }
        return null;
    }

    /**
     * Makes the tree an AVL tree again after something was added or removed below {@code from}. Every count on the way up
     * changes; heights only as far up as they differ from what they were.
     */
    private void balanceUpwards(@Nullable Node<K, V> from, int countChange) {
        boolean heightChanged = true;
        for (Node<K, V> node = from; node != null; node = node.parent) {
            node.count += countChange;
            if (heightChanged) {
                int before = node.height;
                node = balanced(node);
                heightChanged = node.height != before;
            }
        }
    }

    /** The root of the subtree that was {@code node}'s, after its sides differ by one at most. */
    private Node<K, V> balanced(Node<K, V> node) {
        int lean = node.lean();
        if (lean > 1) {
            Node<K, V> left = requireNonNull(node.left);
            if (left.lean() < 0) {
                rotateLeft(left);
            }
            return rotateRight(node);
        }
        if (lean < -1) {
            Node<K, V> right = requireNonNull(node.right);
            if (right.lean() > 0) {
                rotateRight(right);
            }
            return rotateLeft(node);
        }
        node.height = 1 + Math.max(heightOf(node.left), heightOf(node.right));
        return node;
    }

    /** Puts the right child of {@code node} in its place, and {@code node} left of it. */
    private Node<K, V> rotateLeft(Node<K, V> node) {
        Node<K, V> up = requireNonNull(node.right);
        node.right = up.left;
        if (up.left != null) {
            up.left.parent = node;
        }
        replace(node, up);
        up.left = node;
        node.parent = up;
        node.update();
        up.update();
        return up;
    }

    /** Puts the left child of {@code node} in its place, and {@code node} right of it. */
    private Node<K, V> rotateRight(Node<K, V> node) {
        Node<K, V> up = requireNonNull(node.left);
        node.left = up.right;
        if (up.right != null) {
            up.right.parent = node;
        }
        replace(node, up);
        up.right = node;
        node.parent = up;
        node.update();
        up.update();
        return up;
    }

    /** Hangs {@code by} where {@code node} is; {@code node} keeps its parent, so that one can still go up from it. */
    private void replace(Node<K, V> node, @Nullable Node<K, V> by) {
        Node<K, V> parent = node.parent;
        if (parent == null) {
            root = by;
        } else if (parent.left == node) {
            parent.left = by;
        } else {
            parent.right = by;
        }
        if (by != null) {
            by.parent = parent;
        }
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

    private static <K, V> Node<K, V> leftmost(Node<K, V> node) {
        Node<K, V> leftmost = node;
        while (leftmost.left != null) {
            leftmost = leftmost.left;
        }
        return leftmost;
    }

    private static int heightOf(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.height;
    }

    private static int countOf(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.count;
    }

    private static <K, V> Map.@Nullable Entry<K, V> copyOf(@Nullable Node<K, V> node) {
        return node == null ? null : Map.entry(node.key, node.value);
    }
}
