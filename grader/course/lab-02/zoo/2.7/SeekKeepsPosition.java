// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: a seek during which a source fails leaves the cursor at its old entry
public final class MergingCursor implements Cursor {
    @Override
    public void seek(Slice key) {
        checkOpen();
        for (EntryCursor source : sources) {
            source.seek(key);
        }
        begin(true);
        playAll();
    }
}
