// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: on a change of direction only the source of the current entry is moved
public final class MergingCursor {
    private void turn() {
        begin(!forward);
        if (forward) {
            sources[winner].next();
        } else {
            sources[winner].prev();
        }
        playAll();
    }
}
