// exercise: 4.14
// type: storagelab.btree.TreeReader
// verdict: caught
// because: the exception that comes from reading a page that is another one by now goes to the user
public final class TreeReader {
    public static Optional<Slice> get(SharedTree tree, Slice key) {
        while (true) {
            long reuses = tree.reuses();
            Optional<Slice> value = find(tree, key);
            if (tree.isWithoutReuseSince(reuses)) {
                return value;
            }
        }
    }
}
