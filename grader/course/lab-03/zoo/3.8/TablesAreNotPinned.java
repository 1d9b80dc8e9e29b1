// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: caught
// because: the tables are remembered and not pinned, and a merge deletes them under the snapshot
public final class LogSnapshot implements Snapshot {
    public LogSnapshot(SortedLogStore store, TablePins pins, Sources sources) {
        this.store = store;
        this.pins = pins;
        this.moment = Moment.of(sources);
    }

    @Override
    public synchronized void close() {
        moment = null;
    }
}
