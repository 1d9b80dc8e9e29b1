// exercise: 4.14
// type: storagelab.btree.TreeReader
// verdict: caught
// because: a page that became another one under the reader's hands: a key that was there all the time is not found
public final class TreeReader {
    public static Optional<Slice> get(SharedTree tree, Slice key) {
        return find(tree, key);
    }
}
