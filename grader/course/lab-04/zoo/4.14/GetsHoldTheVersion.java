// exercise: 4.14
// type: storagelab.btree.BTreeSnapshot
// verdict: accepted
// because: each get holds the version for itself while it reads, so that closing the snapshot cannot take its pages away
public final class BTreeSnapshot implements Snapshot {
    @Override
    public Optional<Slice> get(Slice key) {
        TreeState state;
        synchronized (this) {
            state = state();
            tree.reclaimer().hold(state.version());
        }
        try {
            Slice payload = TreeSearch.payload(tree, state.root(), key);
            return payload == null ? Optional.empty() : Optional.of(StoredValue.load(tree, payload));
        } catch (RuntimeException e) {
            tree.checkOpen();
            throw e;
        } finally {
            tree.reclaimer().release(state.version());
        }
    }
}
