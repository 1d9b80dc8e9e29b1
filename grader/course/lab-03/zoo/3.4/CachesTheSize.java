// exercise: 3.4
// type: storagelab.tree.PathCopyingTree
// verdict: caught
// because: the size is computed when it is first asked for and kept in a field that is not final
public final class PathCopyingTree<K, V> {
    private int cachedSize = -1;

    public int size() {
        if (cachedSize < 0) {
            cachedSize = root == null ? 0 : root.count;
        }
        return cachedSize;
    }
}
