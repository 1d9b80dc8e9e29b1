// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: a key that a block begins with is sought in the block before, because < was written for <=
public final class SortedTable {
    private int blockFor(Slice key) {
        int low = 0;
        int high = index.size();
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (index.get(middle).firstKey.compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }
}
