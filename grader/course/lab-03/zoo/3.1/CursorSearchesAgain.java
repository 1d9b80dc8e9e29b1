// exercise: 3.1
// type: storagelab.tree.InOrderCursor
// verdict: caught
// because: every step of the cursor is a search from the root, and compares all the way down
public final class InOrderCursor<K, V> {
    public void next() {
        K key = current().key();
        way.clear();
        int kept = 0;
        TreeNode<K, V> node = root;
        while (node != null) {
            way.push(node);
            if (comparator.compare(node.key(), key) > 0) {
                kept = way.size();
                node = node.left();
            } else {
                node = node.right();
            }
        }
        backTo(kept);
    }
}
