// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: one rotation only moves an inner subtree that is too high from one side to the other
public final class BalancedTree<K, V> {
    private Node<K, V> balanced(Node<K, V> node) {
        int lean = node.lean();
        if (lean > 1) {
            return rotateRight(node);
        }
        if (lean < -1) {
            return rotateLeft(node);
        }
        node.height = 1 + Math.max(heightOf(node.left), heightOf(node.right));
        return node;
    }
}
