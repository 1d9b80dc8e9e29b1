// exercise: 5.15
// type: storagelab.sstable.InternalMergingCursor
// verdict: caught
// because: when the direction changes only the cursor at the current entry moves: the others are on its wrong side
public final class InternalMergingCursor implements InternalCursor {
    @Override
    public void prev() {
        checkValid();
        forward = false;
        cursors[leader].prev();
        look(leader);
        choose();
    }
}
