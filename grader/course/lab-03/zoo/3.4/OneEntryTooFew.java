// exercise: 3.4
// type: storagelab.tree.PathCopyingTree
// verdict: caught
// because: a node with two children takes the next entry and forgets to take it away below
public final class PathCopyingTree<K, V> {
    private static <K, V> @Nullable Node<K, V> withoutLeftmost(Node<K, V> node) {
        return node.left == null ? null : balanced(node, withoutLeftmost(node.left), node.right);
    }
}
