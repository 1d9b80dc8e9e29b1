// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: every change of direction allocates an array
public final class MergingCursor implements Cursor {
    private void turn() {
        System.arraycopy(keys.clone(), 0, keys, 0, keys.length);
        begin(!forward);
        for (int source = 0; source < sources.length; source++) {
            boolean atEntry = keys[source] != null;
            if (forward) {
                if (atEntry) {
                    sources[source].next();
                } else {
                    sources[source].seekToFirst();
                }
            } else if (atEntry) {
                sources[source].prev();
            } else {
                sources[source].seekToLast();
            }
        }
        playAll();
    }
}
