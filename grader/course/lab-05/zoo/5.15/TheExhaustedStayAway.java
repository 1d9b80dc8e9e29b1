// exercise: 5.15
// type: storagelab.sstable.InternalMergingCursor
// verdict: caught
// because: when the direction changes, a cursor that has run off its end is not brought back
public final class InternalMergingCursor implements InternalCursor {
    @Override
    public void prev() {
        checkValid();
        if (forward) {
            Slice key = keys[leader];
            for (int i = 0; i < cursors.length; i++) {
                if (i != leader && cursors[i].isValid()) {
                    cursors[i].seek(key);
                    if (cursors[i].isValid()) {
                        cursors[i].prev();
                    }
                    look(i);
                }
            }
            forward = false;
        }
        cursors[leader].prev();
        look(leader);
        choose();
    }
}
