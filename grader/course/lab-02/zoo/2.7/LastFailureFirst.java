// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: the last failure of a close is thrown, not the first
public final class MergingCursor implements Cursor {
    @Override
    public void close() {
        if (closed) {
            return;
        }
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
                    e.addSuppressed(failure);
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
