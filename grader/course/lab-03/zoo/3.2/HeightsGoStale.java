// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: a rotation does not compute the height of the node that went down again
public final class BalancedTree<K, V> {
    private Node<K, V> rotateLeft(Node<K, V> node) {
        Node<K, V> up = requireNonNull(node.right);
        node.right = up.left;
        if (up.left != null) {
            up.left.parent = node;
        }
        replace(node, up);
        up.left = node;
        node.parent = up;
        node.count = 1 + countOf(node.left) + countOf(node.right);
        up.update();
        return up;
    }
}
