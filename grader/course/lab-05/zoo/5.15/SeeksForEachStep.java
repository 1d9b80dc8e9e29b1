// exercise: 5.15
// type: storagelab.sstable.InternalMergingCursor
// verdict: caught
// because: each step seeks in every cursor: right, and a scan is as dear as so many gets
public final class InternalMergingCursor implements InternalCursor {
    @Override
    public void next() {
        checkValid();
        Slice key = keys[leader];
        forward = true;
        for (int i = 0; i < cursors.length; i++) {
            cursors[i].seek(key);
            if (i == leader) {
                cursors[i].next();
            }
            look(i);
        }
        choose();
    }
}
