// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: the footer has no file number
public final class SortedTableBuilder implements Closeable {
    public static SortedTableBuilder create(Path file, long number, StatsRecorder stats) {
        return new SortedTableBuilder(StoreFile.create(file, stats), 0);
    }
}
