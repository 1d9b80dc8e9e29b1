// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: when one source cannot be closed the others stay open for ever
public final class MergingCursor {
    @Override
    public void close() {
        closed = true;
        current = NONE;
        for (EntryCursor source : sources) {
            source.close();
        }
    }
}
