// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: a put balances the tree and a delete does not
public final class BalancedTree<K, V> {
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
        replace(node, node.left != null ? node.left : node.right);
        for (Node<K, V> above = node.parent; above != null; above = above.parent) {
            above.count--;
        }
        return before;
    }
}
