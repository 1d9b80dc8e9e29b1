package storagelab.query;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.query.SecondaryIndex.IndexEntry;

/**
 * Proves that indexes and rows agree, and that no key of a database belongs to nothing.
 *
 * <p>For each row and each index, the entry of the row has to be there, with the right value. Two rows never have the same entry,
 * since an entry leads to one primary key. So if an index has as many entries as there are rows, it has no others.
 */
public final class DatabaseVerifier {
    /**
     * What was looked at.
     *
     * @param rows of all relations
     * @param entries of all indexes
     */
    public record Verified(long rows, long entries) {}

    private final Catalog catalog;
    private final Snapshot snapshot;
    private final Map<Integer, Long> entries = new HashMap<>(); // by number of the relation, index or leftover

    DatabaseVerifier(Catalog catalog, Snapshot snapshot) {
        this.catalog = catalog;
        this.snapshot = snapshot;
    }

    Verified verify() {
        countEntries();
        long rows = 0;
        long indexed = 0;
        for (TableDefinition table : catalog.tables()) {
            long rowsOfTable = verifyRows(table);
            rows += rowsOfTable;
            for (SecondaryIndex index : table.indexes()) {
                long found = entries.getOrDefault(index.definition().id(), 0L);
                if (found != rowsOfTable) {
                    throw new AssertionError("the " + index + " of " + table.name() + " has " + found + " entries for "
                            + rowsOfTable + " rows");
                }
                indexed += found;
            }
        }
        return new Verified(rows, indexed);
    }

    /** Counts the keys of each number, and checks that each number belongs to something. */
    private void countEntries() {
        try (Cursor keys = snapshot.cursor(KeyRange.prefix(KeySpace.ROOT))) {
            for (keys.seekToFirst(); keys.isValid(); keys.next()) {
                if (keys.key().length() < KeySpace.PREFIX_BYTES) {
                    throw new AssertionError("the key " + keys.key() + " has no number");
                }
                entries.merge(KeySpace.idAt(keys.key(), KeySpace.ROOT.length()), 1L, Long::sum);
            }
        }
        Map<Integer, Long> unknown = new HashMap<>(entries);
        unknown.remove(KeySpace.CATALOG);
        for (TableDefinition table : catalog.tables()) {
            unknown.remove(table.id());
            table.indexes().forEach(index -> unknown.remove(index.definition().id()));
        }
        unknown.keySet()
                .removeIf(id -> snapshot.get(CatalogLayout.key(CatalogLayout.LEFTOVER, id))
                        .isPresent());
        if (!unknown.isEmpty()) {
            throw new AssertionError("keys with a number that nothing in the catalog has, and how many: " + unknown);
        }
    }

    private long verifyRows(TableDefinition table) {
        long rows = 0;
        try (Cursor cursor = snapshot.cursor(table.layout().all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                Row row = table.layout().row(cursor.key(), cursor.value());
                table.schema().check(row);
                for (SecondaryIndex index : table.indexes()) {
                    verifyEntry(table, index, row);
                }
                rows++;
            }
        }
        return rows;
    }

    private void verifyEntry(TableDefinition table, SecondaryIndex index, Row row) {
        IndexEntry expected = index.entry(row);
        Optional<Slice> found = snapshot.get(expected.key());
        if (found.isEmpty() || !found.get().equals(expected.value())) {
            throw new AssertionError("for the row " + row + " of " + table.name() + ", the " + index
                    + " has to have the entry " + expected + ", and has "
                    + found.map(value -> "the value " + value).orElse("none"));
        }
    }
}
