// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: a step in which a source throws leaves the cursor at its old entry, with a tree that is no longer right
public final class MergingCursor {
    private void leaveKey() {
        boolean sameKey;
        do {
            sameKey = step();
        } while (sameKey);
    }
}
