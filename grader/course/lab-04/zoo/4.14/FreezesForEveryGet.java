// exercise: 4.14
// type: storagelab.btree.TreeReader
// verdict: caught
// because: a get that freezes waits for the latch, and lets the writer copy pages because of every get
public final class TreeReader {
    public static Optional<Slice> get(SharedTree tree, Slice key) {
        TreeState state = tree.freeze();
        try {
            Slice payload = TreeSearch.payload(tree, state.root(), key);
            return payload == null ? Optional.empty() : Optional.of(StoredValue.load(tree, payload));
        } finally {
            tree.reclaimer().release(state.version());
        }
    }
}
