// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: the smallest key is found by looking at all k sources in each step
public final class MergingCursor {
    private void step() {
        EntryCursor source = sources[winner];
        if (forward) {
            source.next();
        } else {
            source.prev();
        }
        keys[winner] = source.isValid() ? source.key() : null;
        winner = 0;
        for (int other = 1; other < sources.length; other++) {
            if (!beats(winner, other)) {
                winner = other;
            }
        }
    }
}
