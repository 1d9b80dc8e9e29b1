// exercise: 3.2
// type: storagelab.tree.BalancedTree
// on: RedBlack
// verdict: caught
// because: a red-black tree that makes parent and uncle black and leaves the grandparent black, so that one side gets more black nodes
public final class BalancedTree<K, V> {
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
}
