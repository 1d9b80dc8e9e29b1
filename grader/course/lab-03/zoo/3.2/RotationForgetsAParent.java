// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: the subtree that changes sides in a rotation still calls its old parent its parent
public final class BalancedTree<K, V> {
    private Node<K, V> rotateRight(Node<K, V> node) {
        Node<K, V> up = requireNonNull(node.left);
        node.left = up.right;
        replace(node, up);
        up.right = node;
        node.parent = up;
        node.update();
        up.update();
        return up;
    }
}
