// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: accepted
// because: on a change of direction every source seeks the current key, as LevelDB does
public final class MergingCursor {
    private void turn() {
        Slice here = sources[current].key();
        begin(!forward);
        for (EntryCursor source : sources) {
            if (forward) {
                source.seek(here);
                if (source.isValid() && order.compare(source.key(), here) == 0) {
                    source.next();
                }
            } else {
                source.seekBefore(here);
            }
        }
        playAll();
    }
}
