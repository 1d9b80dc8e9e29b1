// exercise: 4.14
// type: storagelab.btree.TreeReader
// verdict: caught
// because: a reader that needs longer than the writer from one reuse to the next never has an answer
public final class TreeReader {
    public static Optional<Slice> get(SharedTree tree, Slice key) {
        while (true) {
            long reuses = tree.reuses();
            try {
                Optional<Slice> value = find(tree, key);
                if (tree.isWithoutReuseSince(reuses)) {
                    return value;
                }
            } catch (RuntimeException e) {
                if (tree.isWithoutReuseSince(reuses)) {
                    throw e;
                }
            }
        }
    }
}
