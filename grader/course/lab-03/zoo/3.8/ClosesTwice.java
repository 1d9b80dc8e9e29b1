// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: caught
// because: closing twice lets go twice, and another snapshot loses its tables
import java.util.concurrent.atomic.AtomicBoolean;

public final class LogSnapshot implements Snapshot {
    private final AtomicBoolean closed = new AtomicBoolean();

    private Moment moment() {
        Moment then = moment;
        if (then == null || closed.get()) {
            throw new IllegalStateException("the snapshot is closed");
        }
        store.checkOpen();
        return then;
    }

    public long memtableBytes() {
        Moment then = moment;
        return then == null || closed.get()
                ? 0
                : then.memtables.stream().mapToLong(SkipListMemtable::sizeBytes).sum();
    }

    @Override
    public synchronized void close() {
        Moment then = moment;
        closed.set(true);
        if (then != null) {
            pins.unpin(then.tables);
        }
    }
}
