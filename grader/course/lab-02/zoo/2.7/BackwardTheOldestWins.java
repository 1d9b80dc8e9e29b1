// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: backward the whole order is turned over, that of the ages included
public final class MergingCursor {
    private int playMatch(int node, int one, int other) {
        int comparison = compare(keys[one], keys[other]);
        boolean oneWins = comparison < 0 || (comparison == 0 && one < other == forward);
        tied[node] = comparison == 0;
        losers[node] = oneWins ? other : one;
        return oneWins ? one : other;
    }
}
