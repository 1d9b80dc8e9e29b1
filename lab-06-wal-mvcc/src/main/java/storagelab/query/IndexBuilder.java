package storagelab.query;

import java.util.HashSet;
import java.util.Set;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.WriteBatch;
import storagelab.query.SecondaryIndex.IndexEntry;

/**
 * Writes the entries of a new index for the rows that a relation has already, in batches of a bounded size. No row changes
 * meanwhile.
 *
 * <p>Cost: one pass over the rows; of a unique index also one get a row, which finds duplicates.
 */
final class IndexBuilder {
    private final SnapshotStore store;
    private final TableDefinition table;
    private final SecondaryIndex index;
    private final int batchEntries;
    private final Set<Slice> inBatch = new HashSet<>();
    private WriteBatch batch = new WriteBatch();

    IndexBuilder(SnapshotStore store, TableDefinition table, SecondaryIndex index, int batchEntries) {
        this.store = store;
        this.table = table;
        this.index = index;
        this.batchEntries = batchEntries;
    }

    /**
     * Writes an entry for every row.
     *
     * @throws ConstraintViolationException if the index is unique and two rows have the same values; some entries are written
     */
    void build() {
        try (Snapshot snapshot = store.snapshot();
                Cursor rows = snapshot.cursor(table.layout().all())) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                add(table.layout().row(rows.key(), rows.value()));
            }
        }
        flush();
    }

    private void add(Row row) {
        IndexEntry entry = index.entry(row);
        if (index.definition().unique()) {
            boolean isNew = inBatch.add(entry.key()) && store.get(entry.key()).isEmpty();
            if (!isNew) {
                throw index.duplicate(row);
            }
        }
        batch.put(entry.key(), entry.value());
        if (batch.operations().size() == batchEntries) {
            flush();
        }
    }

    private void flush() {
        store.write(batch, Durability.BUFFERED);
        batch = new WriteBatch();
        inBatch.clear();
    }
}
