// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: every seek allocates
public final class MergingCursor implements Cursor {
    @Override
    public void seek(Slice key) {
        begin(true);
        for (EntryCursor source : List.of(sources)) {
            source.seek(key);
        }
        playAll();
    }
}
