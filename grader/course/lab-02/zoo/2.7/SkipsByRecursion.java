// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: each deleted key is passed over by one more call, until the stack ends
public final class MergingCursor {
    private void skipDeleted() {
        if (keys[winner] != null && sources[winner].isTombstone()) {
            leaveKey();
            skipDeleted();
        } else {
            current = keys[winner] == null ? NONE : winner;
        }
    }
}
