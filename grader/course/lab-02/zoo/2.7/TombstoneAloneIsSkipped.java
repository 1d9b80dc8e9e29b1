// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: the tombstone is passed over, but not the older entries with its key, which come back from the dead
public final class MergingCursor {
    private void skipDeleted() {
        while (keys[winner] != null && sources[winner].isTombstone()) {
            boolean ignored = step();
        }
        current = keys[winner] == null ? NONE : winner;
    }
}
