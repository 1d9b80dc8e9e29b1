// exercise: 4.14
// type: storagelab.btree.TreeReader
// verdict: caught
// because: the version that a disturbed reader has frozen is held for ever
public final class TreeReader {
    public static Optional<Slice> get(SharedTree tree, Slice key) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
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
        Slice payload = TreeSearch.payload(tree, tree.freeze().root(), key);
        return payload == null ? Optional.empty() : Optional.of(StoredValue.load(tree, payload));
    }
}
