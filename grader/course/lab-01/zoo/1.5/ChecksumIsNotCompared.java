// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: blocks and index are believed without a look at their checksums
public final class SortedTable {
    private static Slice readChecked(StoreFile file, long offset, int size) {
        return Slice.wrap(file.read(offset, size));
    }
}
