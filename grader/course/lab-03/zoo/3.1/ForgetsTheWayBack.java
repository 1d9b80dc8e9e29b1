// exercise: 3.1
// type: storagelab.tree.InOrderCursor
// verdict: caught
// because: only the nodes that are still to come are kept, as for an iterator, and prev cannot find its way back
public final class InOrderCursor<K, V> {
    public void next() {
        TreeNode<K, V> node = current();
        way.pop();
        goLeft(node.right());
    }
}
