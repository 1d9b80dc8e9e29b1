// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: a second close closes every source a second time, and fails again where the first did
public final class MergingCursor implements Cursor {
    @Override
    public void close() {
        closed = true;
        current = NONE;
        RuntimeException failure = null;
        for (EntryCursor source : sources) {
            try {
                source.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
