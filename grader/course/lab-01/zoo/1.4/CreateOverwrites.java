// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: a file that is there is replaced
public final class SortedTableBuilder implements Closeable {
    public static SortedTableBuilder create(Path file, long number, StatsRecorder stats) {
        StoreFile.delete(file);
        return new SortedTableBuilder(StoreFile.create(file, stats), number);
    }
}
