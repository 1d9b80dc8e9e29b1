// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: the smallest key is found by looking at all k sources in each step
public final class MergingCursor {
    private boolean step() {
        Slice left = keys[winner];
        EntryCursor source = sources[winner];
        if (forward) {
            source.next();
        } else {
            source.prev();
        }
        keys[winner] = source.isValid() ? source.key() : null;
        winner = 0;
        for (int other = 1; other < sources.length; other++) {
            if (compare(keys[other], keys[winner]) < 0) {
                winner = other;
            }
        }
        return left != null && left.equals(keys[winner]);
    }
}
