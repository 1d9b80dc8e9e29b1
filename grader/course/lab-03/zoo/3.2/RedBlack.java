// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: accepted
// because: a red-black tree is another balanced tree: no red node has a red child, all ways down have as many black nodes
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
        } else if (!node.red) {
            blackenBeforeDelete(node);
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

    /** Makes the ways through {@code leaving} one black node longer, so that it can go. */
    private void blackenBeforeDelete(Node<K, V> leaving) {
        Node<K, V> node = leaving;
        while (node.parent != null && !node.red) {
            Node<K, V> parent = node.parent;
            boolean left = parent.left == node;
            Node<K, V> sibling = requireNonNull(left ? parent.right : parent.left);
            if (sibling.red) {
                sibling.red = false;
                parent.red = true;
                if (left) {
                    rotateLeft(parent);
                } else {
                    rotateRight(parent);
                }
                sibling = requireNonNull(left ? parent.right : parent.left);
            }
            Node<K, V> outer = left ? sibling.right : sibling.left;
            Node<K, V> inner = left ? sibling.left : sibling.right;
            if (!isRed(outer) && !isRed(inner)) {
                sibling.red = true;
                node = parent;
                continue;
            }
            if (!isRed(outer)) {
                requireNonNull(inner).red = false;
                sibling.red = true;
                outer = sibling;
                sibling = left ? rotateRight(sibling) : rotateLeft(sibling);
            }
            sibling.red = parent.red;
            parent.red = false;
            requireNonNull(outer).red = false;
            if (left) {
                rotateLeft(parent);
            } else {
                rotateRight(parent);
            }
            return;
        }
        node.red = false;
    }

    private static boolean isRed(@Nullable Node<?, ?> node) {
        return node != null && node.red;
    }
}
