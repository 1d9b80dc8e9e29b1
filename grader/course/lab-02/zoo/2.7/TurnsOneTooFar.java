// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: after a change of direction the cursor is at the neighbour already, and moves once more
public final class MergingCursor {
    @Override
    public void prev() {
        checkAtEntry();
        if (forward) {
            turn();
            checkAtEntry();
        }
        leaveKey();
        skipDeleted();
    }
}
