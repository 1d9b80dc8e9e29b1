// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: caught
// because: a node with a right child only is cut off with everything below it
public final class BinarySearchTree<K, V> {
    private void replaceChild(@Nullable Node<K, V> parent, Node<K, V> child, @Nullable Node<K, V> by) {
        Node<K, V> instead = child.left;
        if (parent == null) {
            root = instead;
        } else if (parent.left == child) {
            parent.left = instead;
        } else {
            parent.right = instead;
        }
    }
}
