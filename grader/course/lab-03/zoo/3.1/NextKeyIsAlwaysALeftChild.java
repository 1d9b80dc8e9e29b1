// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: caught
// because: when the right child itself is the next greater key, it is unlinked from the wrong side of its parent
public final class BinarySearchTree<K, V> {
    private void replaceChild(@Nullable Node<K, V> parent, Node<K, V> child, @Nullable Node<K, V> by) {
        if (parent == null) {
            root = by;
        } else if (comparator.compare(child.key, parent.key) <= 0) {
            parent.left = by;
        } else {
            parent.right = by;
        }
    }
}
