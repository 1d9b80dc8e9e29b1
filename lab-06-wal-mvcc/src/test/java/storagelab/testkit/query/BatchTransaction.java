package storagelab.testkit.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;

/**
 * A transaction that is one batch of a store: its writes are seen by its own reads, and by others when it is committed. It needs
 * no versions and finds no conflicts, and it remembers what was called.
 *
 * <p>Concurrency: one thread, and one transaction of a store at a time.
 */
public final class BatchTransaction implements Transaction {
    private record Moment(Map<Slice, Optional<Slice>> writes) implements Savepoint {}

    private final KeyValueStore store;
    private final Map<Slice, Optional<Slice>> writes = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();

    /** A transaction that has written nothing. */
    public BatchTransaction(KeyValueStore store) {
        this.store = store;
    }

    /** What was called since the beginning, or since the last time this was asked: {@code get}, {@code put} and {@code delete}. */
    public List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        calls.add("get");
        Optional<Slice> own = writes.get(key);
        return own == null ? store.get(key) : own;
    }

    @Override
    public void put(Slice key, Slice value) {
        calls.add("put");
        writes.put(key, Optional.of(value));
    }

    @Override
    public void delete(Slice key) {
        calls.add("delete");
        writes.put(key, Optional.empty());
    }

    /** Not supported: the keys of a row and of its entries are known. */
    @Override
    public Cursor cursor(KeyRange range) {
        throw new UnsupportedOperationException("the keys of a row and its entries are known, and no cursor is needed");
    }

    @Override
    public Savepoint savepoint() {
        return new Moment(Map.copyOf(writes));
    }

    @Override
    public void rollbackTo(Savepoint savepoint) {
        writes.clear();
        writes.putAll(((Moment) savepoint).writes);
    }

    @Override
    public void commit(Durability durability) {
        WriteBatch batch = new WriteBatch();
        writes.forEach((key, value) -> value.ifPresentOrElse(put -> batch.put(key, put), () -> batch.delete(key)));
        writes.clear();
        store.write(batch, durability);
    }

    @Override
    public void rollback() {
        writes.clear();
    }

    @Override
    public void close() {
        rollback();
    }
}
