// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: only the node above the change is balanced, not those further up
public final class BalancedTree<K, V> {
    private void balanceUpwards(@Nullable Node<K, V> from, int countChange) {
        for (Node<K, V> node = from; node != null; node = node.parent) {
            node.count += countChange;
            node.height = 1 + Math.max(heightOf(node.left), heightOf(node.right));
            if (node == from) {
                node = balanced(node);
            }
        }
    }
}
