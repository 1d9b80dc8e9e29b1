// exercise: 4.14
// type: storagelab.btree.BTreeSnapshot
// verdict: caught
// because: the snapshot is closed while a get reads, a page becomes another one, and the get returns what is in that
public final class BTreeSnapshot implements Snapshot {
    @Override
    public Optional<Slice> get(Slice key) {
        TreeState state = state();
        Slice payload = TreeSearch.payload(tree, state.root(), key);
        return payload == null ? Optional.empty() : Optional.of(StoredValue.load(tree, payload));
    }
}
