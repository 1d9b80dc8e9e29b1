// exercise: 5.15
// type: storagelab.lsm.VisibleCursor
// verdict: caught
// because: going backward the first entry of a key that is met is shown: the oldest
public final class VisibleCursor implements Cursor {
    private void passBack(Slice user) {
        boolean shows = false;
        boolean isFirst = true;
        while (isAt(user)) {
            if (isFirst && InternalKey.sequence(entries.key()) <= sequence) {
                shows = shows();
            }
            isFirst = false;
            entries.prev();
        }
        key = shows ? user : null;
    }
}
