// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: the constructor deletes a half-written list
public final class DurableTableList implements TableList {
    public DurableTableList(Path directory, StatsRecorder stats) {
        this.directory = directory;
        this.stats = stats;
        StoreFile.delete(directory.resolve(FileNames.TABLE_LIST_TEMPORARY));
    }
}
