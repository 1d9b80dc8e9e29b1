// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: beginning a table syncs the empty file
public final class SortedTableBuilder implements Closeable {
    public static SortedTableBuilder create(Path file, long number, StatsRecorder stats) {
        StoreFile created = StoreFile.create(file, stats);
        created.sync();
        return new SortedTableBuilder(created, number);
    }
}
