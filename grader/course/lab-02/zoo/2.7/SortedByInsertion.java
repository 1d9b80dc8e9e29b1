// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: accepted
// because: sources kept in order of their keys, the moved one inserted again by halving: as few comparisons, more moves of ints
public final class MergingCursor {
    private int[] sorted = new int[0]; // sources, the next one first

    private boolean step() {
        Slice left = keys[winner];
        EntryCursor source = sources[winner];
        if (forward) {
            source.next();
        } else {
            source.prev();
        }
        keys[winner] = source.isValid() ? source.key() : null;
        insert(winner, 1, sources.length);
        winner = sorted[0];
        Slice key = keys[winner];
        return left != null && key != null && order.compare(left, key) == 0;
    }

    private int play(int node) {
        sorted = sorted.length == 0 ? new int[sources.length] : sorted;
        for (int i = sources.length - 1; i >= 0; i--) {
            insert(i, i + 1, sources.length);
        }
        return sorted[0];
    }

    /** Puts {@code source} among those from {@code from} to {@code to}, which are in order; they move one to the front. */
    private void insert(int source, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int comparison = compare(keys[sorted[middle]], keys[source]);
            if (comparison < 0 || (comparison == 0 && sorted[middle] < source)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        System.arraycopy(sorted, from, sorted, from - 1, low - from);
        sorted[low - 1] = source;
    }
}
