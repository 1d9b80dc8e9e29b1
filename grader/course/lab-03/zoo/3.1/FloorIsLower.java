// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: caught
// because: floor leaves out the key itself
public final class BinarySearchTree<K, V> {
    public Map.@Nullable Entry<K, V> floor(K key) {
        return copyOf(lastBelow(key, -1));
    }
}
