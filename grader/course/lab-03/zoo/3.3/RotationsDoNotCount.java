// exercise: 3.3
// type: storagelab.tree.BalancedTree
// verdict: caught
// because: a rotation gives two nodes other children and leaves their counts as they were
public final class BalancedTree<K, V> {
    private static final class Node<K, V> implements CountedNode<K, V> {
        void update() {
            height = 1 + Math.max(heightOf(left), heightOf(right));
        }
    }
}
