// exercise: 3.2
// type: storagelab.tree.BalancedTree
// on: RedBlack
// verdict: caught
// because: a red-black tree that deletes a black node as if it were red, so that one way down has fewer black nodes
public final class BalancedTree<K, V> {
    private void blackenBeforeDelete(Node<K, V> leaving) {}
}
