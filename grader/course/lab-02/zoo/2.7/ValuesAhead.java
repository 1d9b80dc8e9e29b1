// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: fetches the value of each entry as it passes
public final class MergingCursor implements Cursor {
    private boolean step() {
        EntryCursor source = sources[winner];
        if (forward) {
            source.next();
        } else {
            source.prev();
        }
        keys[winner] = source.isValid() ? source.key() : null;
        if (source.isValid()) {
            source.value();
        }
        boolean sameKey = false;
        int contender = winner;
        // Invariant: contender has won every match of its half below node.
        for (int node = (sources.length + winner) >>> 1; node > 0; node >>>= 1) {
            sameKey |= tied[node]; // who waits here lost against the old winner; with the same key, if they tied
            contender = playMatch(node, losers[node], contender);
        }
        winner = contender;
        return sameKey;
    }
}
