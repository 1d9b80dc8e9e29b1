// exercise: 3.4
// type: storagelab.tree.PathCopyingTree
// verdict: caught
// because: a put over a key that is there changes the value in a node that older versions share
public final class PathCopyingTree<K, V> {
    private static final class Node<K, V> implements CountedNode<K, V> {
        private final K key;
        private V value;
        private final @Nullable Node<K, V> left;
        private final @Nullable Node<K, V> right;
        private final int count;

        Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            this.key = key;
            this.value = value;
            this.left = left;
            this.right = right;
            this.count = (int) (weight(left) + weight(right) - 1);
        }

        public K key() {
            return key;
        }

        public V value() {
            return value;
        }

        public @Nullable Node<K, V> left() {
            return left;
        }

        public @Nullable Node<K, V> right() {
            return right;
        }

        public int count() {
            return count;
        }
    }

    private Node<K, V> with(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null);
        }
        int order = comparator.compare(key, node.key);
        if (order == 0) {
            node.value = value;
            return node;
        }
        return order < 0
                ? balanced(node, with(node.left, key, value), node.right)
                : balanced(node, node.left, with(node.right, key, value));
    }
}
