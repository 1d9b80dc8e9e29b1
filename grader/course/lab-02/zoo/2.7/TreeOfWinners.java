// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: accepted
// because: a tree that remembers the winner of each match and asks the sibling costs as many comparisons
public final class MergingCursor {
    private int[] winners = new int[0];

    private boolean step() {
        Slice left = keys[winner];
        EntryCursor source = sources[winner];
        if (forward) {
            source.next();
        } else {
            source.prev();
        }
        keys[winner] = source.isValid() ? source.key() : null;
        for (int node = (sources.length + winner) / 2; node > 0; node /= 2) {
            playMatch(node);
        }
        winner = at(1);
        Slice key = keys[winner];
        return left != null && key != null && order.compare(left, key) == 0;
    }

    private int play(int node) {
        if (winners.length == 0) {
            winners = new int[sources.length];
        }
        for (int match = sources.length - 1; match > 0; match--) {
            playMatch(match);
        }
        return at(1);
    }

    private void playMatch(int match) {
        int left = at(2 * match);
        int right = at(2 * match + 1);
        int comparison = compare(keys[left], keys[right]);
        winners[match] = comparison < 0 || (comparison == 0 && left < right) ? left : right;
    }

    private int at(int node) {
        return node < sources.length ? winners[node] : node - sources.length;
    }
}
