// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: on a change of direction the sources that have run off their end are forgotten
public final class MergingCursor {
    private void turn() {
        begin(!forward);
        for (EntryCursor source : sources) {
            if (source.isValid()) {
                if (forward) {
                    source.next();
                } else {
                    source.prev();
                }
            }
        }
        playAll();
    }
}
