// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: caught
// because: the snapshot knows the active memtable and the tables, and not what is on its way from one to the other
public final class LogSnapshot implements Snapshot {
    public LogSnapshot(SortedLogStore store, TablePins pins, Sources sources) {
        this.store = store;
        this.pins = pins;
        Moment now = Moment.of(sources);
        pins.pin(now.tables);
        this.moment = new Moment(now.memtables.subList(0, 1), now.sequence, now.tables);
    }
}
