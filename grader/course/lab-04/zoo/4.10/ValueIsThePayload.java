// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: what the leaf has under the key is taken for the value also if it is a reference to overflow pages
public final class BTreeCursor {
    @Override
    public Slice value() {
        return StoredValue.value(entryLeaf().payload(index[leafLevel]));
    }
}
