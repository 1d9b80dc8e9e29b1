// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: only the last match is asked whether the new winner has the key that is left
public final class MergingCursor {
    private boolean step() {
        EntryCursor source = sources[winner];
        if (forward) {
            source.next();
        } else {
            source.prev();
        }
        keys[winner] = source.isValid() ? source.key() : null;
        boolean sameKey = false;
        int contender = winner;
        for (int node = (sources.length + winner) >>> 1; node > 0; node >>>= 1) {
            sameKey = tied[node];
            contender = playMatch(node, losers[node], contender);
        }
        winner = contender;
        return sameKey;
    }
}
