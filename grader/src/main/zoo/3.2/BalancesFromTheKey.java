// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: after a delete it is balanced from where the key was found, not from where a node was unlinked
public final class BalancedTree<K, V> {
    public @Nullable V delete(K key) {
        Node<K, V> found = find(key);
        if (found == null) {
            return null;
        }
        V before = found.value;
        Node<K, V> node = found;
        if (node.left != null && node.right != null) {
            Node<K, V> next = leftmost(node.right);
            node.key = next.key;
            node.value = next.value;
            node = next;
        }
        replace(node, node.left != null ? node.left : node.right);
        for (Node<K, V> above = node.parent; node != found && above != found; above = above.parent) {
            above.count--;
        }
        balanceUpwards(node == found ? node.parent : found, -1);
        return before;
    }
}
