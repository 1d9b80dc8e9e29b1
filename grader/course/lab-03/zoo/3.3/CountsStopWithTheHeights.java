// exercise: 3.3
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: on the way up counts are changed only as far as heights change
public final class BalancedTree<K, V> {
    private void balanceUpwards(@Nullable Node<K, V> from, int countChange) {
        for (Node<K, V> node = from; node != null; node = node.parent) {
            int before = node.height;
            node = balanced(node);
            node.count = 1 + countOf(node.left) + countOf(node.right);
            if (node.height == before && node.parent != null) {
                return;
            }
        }
    }

    public int size() {
        return entries(root);
    }

    private static int entries(@Nullable Node<?, ?> node) {
        return node == null ? 0 : 1 + entries(node.left) + entries(node.right);
    }
}
