// exercise: 5.4
// type: storagelab.sstable.BlockCursor
// verdict: caught
// because: a key that was handed out is the cursor's own array, and becomes the next key
public final class BlockCursor {
    public Slice key() {
        checkValid();
        return Slice.wrap(key, 0, keyLength);
    }
}
