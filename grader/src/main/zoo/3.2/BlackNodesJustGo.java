// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: a red-black tree that deletes a black node as if it were red, so that one way down has fewer black nodes
public final class BalancedTree<K, V> {
    private static final class Node<K, V> implements CountedNode<K, V> {
        private boolean red = true;
    }

    private void balanceUpwards(@Nullable Node<K, V> from, int countChange) {
        for (Node<K, V> node = from; node != null; node = node.parent) {
            node.count += countChange;
        }
    }

    public @Nullable V put(K key, V value) {
        requireNonNull(key);
        requireNonNull(value);
        Node<K, V> parent = null;
        int order = 0;
        for (Node<K, V> node = root; node != null; node = order < 0 ? node.left : node.right) {
            order = comparator.compare(key, node.key);
            if (order == 0) {
                V before = node.value;
                node.value = value;
                return before;
            }
            parent = node;
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
        blackenAfterPut(added);
        return null;
    }

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
        Node<K, V> child = node.left != null ? node.left : node.right;
        if (child != null) {
            child.red = false;
        }
        replace(node, child);
        balanceUpwards(node.parent, -1);
        return before;
    }

    /** Ends that {@code added}, which is red, has a red parent. */
    private void blackenAfterPut(Node<K, V> added) {
        Node<K, V> node = added;
        while (isRed(node.parent)) {
            Node<K, V> parent = requireNonNull(node.parent);
            Node<K, V> grandparent = requireNonNull(parent.parent);
            boolean left = grandparent.left == parent;
            Node<K, V> uncle = left ? grandparent.right : grandparent.left;
            if (uncle != null && uncle.red) {
                parent.red = false;
                uncle.red = false;
                grandparent.red = true;
                node = grandparent;
                continue;
            }
            if (left ? parent.right == node : parent.left == node) {
                parent = left ? rotateLeft(parent) : rotateRight(parent);
            }
            parent.red = false;
            grandparent.red = true;
            if (left) {
                rotateRight(grandparent);
            } else {
                rotateLeft(grandparent);
            }
            break;
        }
        requireNonNull(root).red = false;
    }

    private static boolean isRed(@Nullable Node<?, ?> node) {
        return node != null && node.red;
    }
}
