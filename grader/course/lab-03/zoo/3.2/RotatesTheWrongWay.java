// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: an inner subtree is taken for an outer one and the other way round
public final class BalancedTree<K, V> {
    private Node<K, V> balanced(Node<K, V> node) {
        int lean = node.lean();
        if (lean > 1) {
            Node<K, V> left = requireNonNull(node.left);
            if (left.lean() > 0 && left.right != null) {
                rotateLeft(left);
            }
            return rotateRight(node);
        }
        if (lean < -1) {
            Node<K, V> right = requireNonNull(node.right);
            if (right.lean() < 0 && right.left != null) {
                rotateRight(right);
            }
            return rotateLeft(node);
        }
        node.height = 1 + Math.max(heightOf(node.left), heightOf(node.right));
        return node;
    }
}
