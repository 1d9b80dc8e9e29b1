package storagelab.tree.toy;

import org.jspecify.annotations.Nullable;
import storagelab.course.Toy;

/**
 * A search tree as on the second page of a textbook: three lines, recursive, beautiful, and as deep as its input makes
 * it.
 *
 * <p>Keys in random order make it about 2·ln n deep on average. Keys in ascending order make it n deep, and some thousands
 * of them are more than the stack of a thread holds.
 */
@Toy("not balanced, and recurses as deep as the tree is")
public final class ToyTree {
    private @Nullable Node root;

    private static final class Node {
        private final long key;
        private long value;
        private @Nullable Node left;
        private @Nullable Node right;

        Node(long key, long value) {
            this.key = key;
            this.value = value;
        }
    }

    /** A tree without entries. */
    public ToyTree() {}

    /** Stores {@code value} under {@code key}. */
    public void put(long key, long value) {
        root = put(root, key, value);
    }

    /** The value of {@code key}; null if it is not there. */
    public @Nullable Long get(long key) {
        return get(root, key);
    }

    /** Number of nodes on the longest way from the root down. */
    public int height() {
        return height(root);
    }

    private static Node put(@Nullable Node node, long key, long value) {
        if (node == null) {
            return new Node(key, value);
        }
        if (key < node.key) {
            node.left = put(node.left, key, value);
        } else if (key > node.key) {
            node.right = put(node.right, key, value);
        } else {
            node.value = value;
        }
        return node;
    }

    private static @Nullable Long get(@Nullable Node node, long key) {
        if (node == null) {
            return null;
        }
        return key == node.key ? (Long) node.value : get(key < node.key ? node.left : node.right, key);
    }

    private static int height(@Nullable Node node) {
        return node == null ? 0 : 1 + Math.max(height(node.left), height(node.right));
    }
}
