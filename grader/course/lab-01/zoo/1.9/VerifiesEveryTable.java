// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: every table is read and verified when the store is opened, which takes time in the number of records
public final class Recovery {
    public static Recovered recover(Path directory, StatsRecorder stats) {
        Recovered recovered = new Run(directory, stats).recover();
        recovered.tables().forEach(SortedTable::verify);
        return recovered;
    }
}
