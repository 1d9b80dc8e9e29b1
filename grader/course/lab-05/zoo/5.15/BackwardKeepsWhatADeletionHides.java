// exercise: 5.15
// type: storagelab.lsm.VisibleCursor
// verdict: caught
// because: going backward a deletion does not take back the value that was met before it
public final class VisibleCursor implements Cursor {
    private void passBack(Slice user) {
        boolean shows = false;
        while (isAt(user)) {
            if (InternalKey.sequence(entries.key()) <= sequence
                    && InternalKey.kind(entries.key()) == ValueKind.VALUE) {
                value = entries.value();
                shows = true;
            }
            entries.prev();
        }
        key = shows ? user : null;
    }
}
