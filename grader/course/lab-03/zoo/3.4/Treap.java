// exercise: 3.4
// type: storagelab.tree.PathCopyingTree
// verdict: accepted
// because: priorities that are the hashes of the keys keep a tree low on average, and the nodes on a way few
public final class PathCopyingTree<K, V> {
    private Node<K, V> with(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null);
        }
        int order = comparator.compare(key, node.key);
        if (order == 0) {
            return new Node<>(key, value, node.left, node.right);
        }
        if (priority(key) > priority(node.key)) {
            return new Node<>(key, value, below(node, key), above(node, key));
        }
        return order < 0
                ? new Node<>(node.key, node.value, with(node.left, key, value), node.right)
                : new Node<>(node.key, node.value, node.left, with(node.right, key, value));
    }

    private @Nullable Node<K, V> without(@Nullable Node<K, V> node, K key) {
        Node<K, V> top = requireNonNull(node);
        int order = comparator.compare(key, top.key);
        if (order == 0) {
            return joined(top.left, top.right);
        }
        return order < 0
                ? new Node<>(top.key, top.value, without(top.left, key), top.right)
                : new Node<>(top.key, top.value, top.left, without(top.right, key));
    }

    private @Nullable Node<K, V> below(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        return comparator.compare(key, node.key) < 0
                ? below(node.left, key)
                : new Node<>(node.key, node.value, node.left, below(node.right, key));
    }

    private @Nullable Node<K, V> above(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        return comparator.compare(key, node.key) > 0
                ? above(node.right, key)
                : new Node<>(node.key, node.value, above(node.left, key), node.right);
    }

    private static <K, V> @Nullable Node<K, V> joined(@Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return priority(left.key) > priority(right.key)
                ? new Node<>(left.key, left.value, left.left, joined(left.right, right))
                : new Node<>(right.key, right.value, joined(left, right.left), right.right);
    }

    /** The same number for the same key in every version, and as good as random. */
    private static int priority(Object key) {
        int mixed = key.hashCode() * 0x9e3779b9;
        mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
        return mixed ^ (mixed >>> 13);
    }
}
