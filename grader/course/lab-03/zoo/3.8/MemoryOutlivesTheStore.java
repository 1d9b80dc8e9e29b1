// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: caught
// because: what the memtable knows is answered after the store was closed
public final class LogSnapshot implements Snapshot {
    private Moment moment() {
        Moment then = moment;
        if (then == null) {
            throw new IllegalStateException("the snapshot is closed");
        }
        return then;
    }
}
