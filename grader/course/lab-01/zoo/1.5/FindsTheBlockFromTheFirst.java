// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the index is looked through from its beginning
public final class SortedTable implements Closeable {
    private int blockFor(Slice key) {
        int block = 0;
        while (block + 1 < index.size() && index.get(block + 1).firstKey.compareTo(key) <= 0) {
            block++;
        }
        return block;
    }
}
