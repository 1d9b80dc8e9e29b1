// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: every step loads the value, so that a walk over keys reads all overflow pages
public final class BTreeCursor {
    private Slice value = Slice.EMPTY;

    @Override
    public Slice value() {
        SlottedPage leaf = entryLeaf();
        return value;
    }

    @Override
    public boolean isValid() {
        checkOpen();
        if (valid) {
            value = StoredValue.load(pages, entryLeaf().payload(index[leafLevel]));
        }
        return valid;
    }
}
