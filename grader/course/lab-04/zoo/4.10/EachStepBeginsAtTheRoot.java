// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: next seeks the smallest key above the one that it is at, from the root: a page a level for each entry
public final class BTreeCursor {
    @Override
    public void next() {
        byte[] above = java.util.Arrays.copyOf(key().toByteArray(), key().length() + 1);
        seek(Slice.wrap(above));
    }
}
