// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: it takes the first block that begins at or after the key, which has only keys that are greater unless the key begins it

public final class SortedTable {
    private int blockFor(Slice key) {
        int low = 0;
        int high = index.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (index.get(middle).firstKey.compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
