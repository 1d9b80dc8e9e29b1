// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: a seek that had to go on to the next leaf, and then back again: more pages than there are levels
public final class BTreeCursor {
    @Override
    public void seekBefore(Slice key) {
        seek(key);
        if (valid) {
            prev();
        } else {
            seekToLast();
        }
    }
}
