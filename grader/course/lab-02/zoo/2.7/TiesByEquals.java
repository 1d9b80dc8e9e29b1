// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: whether two sources have the same key is asked of equals and not of the order
public final class MergingCursor implements Cursor {
    private int playMatch(int node, int one, int other) {
        int comparison = compare(keys[one], keys[other]);
        boolean oneWins = comparison < 0 || (comparison == 0 && one < other);
        tied[node] = keys[one] != null && keys[one].equals(keys[other]);
        losers[node] = oneWins ? other : one;
        return oneWins ? one : other;
    }
}
