// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: accepted
// because: gets are counted, and the last to leave a closed snapshot lets go of the tables
public final class LogSnapshot implements Snapshot {
    private int readers = 1; // guarded by this; the open snapshot is one
    private boolean closed; // guarded by this

    private synchronized Moment enter() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        store.checkOpen();
        readers++;
        return moment();
    }

    private synchronized void leave() {
        Moment then = moment;
        readers--;
        if (readers == 0 && then != null) {
            moment = null;
            pins.unpin(then.tables);
        }
    }

    @Override
    public Optional<Slice> get(Slice key) {
        Moment then = enter();
        try {
            return then.find(key).filter(entry -> !entry.tombstone()).map(Entry::value);
        } catch (StorageException e) {
            store.checkOpen();
            throw e;
        } finally {
            leave();
        }
    }

    public synchronized long memtableBytes() {
        Moment then = moment;
        return closed || then == null
                ? 0
                : then.memtables.stream().mapToLong(SkipListMemtable::sizeBytes).sum();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            leave();
        }
    }
}
