// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: a list that is lost is taken for that of a new store, and every table and log is deleted as leaked
public final class Recovery {
    public static Recovered recover(Path directory, StatsRecorder stats) {
        DurableTableList list = new DurableTableList(directory, stats);
        if (list.read().isEmpty()) {
            list.publish(PublishedTables.NONE);
        }
        return new Run(directory, stats).recover();
    }
}
