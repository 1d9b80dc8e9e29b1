// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: between equal keys the older source wins, so that overwritten values come back
public final class MergingCursor {
    private int playMatch(int node, int one, int other) {
        int comparison = compare(keys[one], keys[other]);
        boolean oneWins = comparison < 0 || (comparison == 0 && one > other);
        tied[node] = comparison == 0;
        losers[node] = oneWins ? other : one;
        return oneWins ? one : other;
    }
}
