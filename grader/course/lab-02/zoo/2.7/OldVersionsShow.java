// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: a step leaves an entry and not its key, so that older values of it are shown after the newest
public final class MergingCursor {
    private void leaveKey() {
        current = NONE;
        boolean ignored = step();
    }
}
