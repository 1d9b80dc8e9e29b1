// exercise: 3.4
// type: storagelab.tree.PathCopyingTree
// verdict: caught
// because: a delete of a key that is not there copies the way to where it would be
public final class PathCopyingTree<K, V> {
    public PathCopyingTree<K, V> without(K key) {
        requireNonNull(key);
        return new PathCopyingTree<>(comparator, get(key) == null ? root : without(root, key));
    }
}
