// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: it does not compare checksums, so a flipped bit becomes a wrong answer

public final class SortedTable {
    private static Slice readChecked(StoreFile file, long offset, int size) {
        return Slice.wrap(file.read(offset, size));
    }
}
