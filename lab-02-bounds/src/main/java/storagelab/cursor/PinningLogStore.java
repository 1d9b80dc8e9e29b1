package storagelab.cursor;

import java.util.List;
import java.util.Optional;
import storagelab.api.Durability;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.sortedlog.RecoveryReport;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.TableInfo;

/**
 * Lab 1's store under another face, with {@link TablePins} that keep its tables for those who still look at them. What it
 * can show of itself, a cursor or a snapshot, is for its subclass to say.
 *
 * <p>Concurrency: safe for many threads.
 */
public abstract class PinningLogStore implements OrderedStore {
    /** The store underneath. */
    protected final SortedLogStore store;

    /** Who still looks at which table of it. */
    protected final TablePins pins;

    /** Puts {@code store}, whose obsolete tables go to {@code pins}, under this face. */
    protected PinningLogStore(SortedLogStore store, TablePins pins) {
        this.store = store;
        this.pins = pins;
    }

    @Override
    public final Optional<Slice> get(Slice key) {
        return store.get(key);
    }

    @Override
    public final void write(WriteBatch batch, Durability durability) {
        store.write(batch, durability);
    }

    /** Writes everything that is in memory out as tables, see {@link SortedLogStore#flush}. */
    public final void flush() {
        store.flush();
    }

    /** Merges all tables into one, see {@link SortedLogStore#compact}. */
    public final void compact() {
        store.compact();
    }

    /** Proves the invariants of every table, see {@link SortedLogStore#verify}. */
    public final void verify() {
        store.verify();
    }

    /** What opening the store found. */
    public final RecoveryReport recoveryReport() {
        return store.recoveryReport();
    }

    /** The tables that a merge has replaced and that are kept for someone who still looks at them. */
    public final List<TableInfo> keptTables() {
        return pins.kept().stream().map(SortedTable::info).toList();
    }

    @Override
    public final StoreStats stats() {
        return store.stats();
    }

    /** {@inheritDoc} Cursors and snapshots that are still open throw from then on, and keep no file. */
    @Override
    public final void close() {
        store.close();
    }
}
