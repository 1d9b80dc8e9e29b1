package storagelab.query;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.OrderedStore;
import storagelab.api.WriteBatch;

/**
 * What one change of a schema needs of the catalog in the store: new numbers, and removing whatever has a number.
 *
 * <p>Concurrency: one thread, which has the lock of the schema.
 */
final class SchemaChanges {
    /** A change of a schema. */
    @FunctionalInterface
    interface Change<T> {
        /** Makes the change. */
        T apply(SchemaChanges changes);
    }

    private final OrderedStore store;
    private final int batchEntries;
    private int nextId;

    private SchemaChanges(OrderedStore store, int batchEntries, int nextId) {
        this.store = store;
        this.batchEntries = batchEntries;
        this.nextId = nextId;
    }

    /** Begins a change. What an earlier one has left over when the power was cut is removed before. */
    static SchemaChanges begin(OrderedStore store, int batchEntries) {
        int nextId =
                store.get(CatalogLayout.headerKey()).map(CatalogLayout::nextId).orElse(KeySpace.CATALOG + 1);
        SchemaChanges changes = new SchemaChanges(store, batchEntries, nextId);
        List<Integer> leftovers = new ArrayList<>();
        try (Cursor marks = store.cursor(CatalogLayout.range(CatalogLayout.LEFTOVER))) {
            for (marks.seekToFirst(); marks.isValid(); marks.next()) {
                leftovers.add(CatalogLayout.idOf(marks.key()));
            }
        }
        leftovers.forEach(changes::remove);
        return changes;
    }

    /** A number that nothing has had before, if {@link #batch} is written. */
    int newId() {
        return nextId++;
    }

    /** A batch that says which numbers are used. */
    WriteBatch batch() {
        return new WriteBatch().put(CatalogLayout.headerKey(), CatalogLayout.header(nextId));
    }

    /** Removes whatever has this number, and the mark that it is a leftover. */
    void remove(int id) {
        try (Cursor entries = store.cursor(KeySpace.range(id))) {
            WriteBatch batch = new WriteBatch();
            for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                batch.delete(entries.key());
                if (batch.operations().size() == batchEntries) {
                    store.write(batch, Durability.BUFFERED);
                    batch = new WriteBatch();
                }
            }
            store.write(batch.delete(CatalogLayout.key(CatalogLayout.LEFTOVER, id)), Durability.BUFFERED);
        }
    }

    /** As {@link #remove}, after {@code failure}. If it fails, too, the mark stays, and the next change removes. */
    void removeAfter(RuntimeException failure, int id) {
        try {
            remove(id);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
