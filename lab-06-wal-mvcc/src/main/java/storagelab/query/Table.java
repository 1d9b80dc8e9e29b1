package storagelab.query;

import java.util.Optional;
import storagelab.api.Slice;
import storagelab.api.Transaction;

/**
 * The rows of a relation in one transaction. Every change of a row changes its entries in all indexes, too.
 *
 * <p>Errors: {@link ConstraintViolationException} if a row would have the primary key of another one, or its values in a unique
 * index; {@link IllegalArgumentException} if a row does not fit the schema. After either, nothing has changed.
 *
 * <p>Cost: a change is one read and one write of the row, and O(1) of each index whose columns change.
 *
 * <p>Concurrency: one thread at a time, as its transaction.
 */
public final class Table {
    private final TableDefinition definition;
    private final Transaction transaction;
    private final Runnable onWrite;

    Table(TableDefinition definition, Transaction transaction, Runnable onWrite) {
        this.definition = definition;
        this.transaction = transaction;
        this.onWrite = onWrite;
    }

    /** How the catalog describes the relation. */
    public TableDefinition definition() {
        return definition;
    }

    /** The row with this primary key, if there is one. */
    public Optional<Row> get(Row primaryKey) {
        Slice key = definition.layout().key(primaryKey);
        return transaction.get(key).map(value -> definition.layout().row(key, value));
    }

    /**
     * Adds a row.
     *
     * @throws ConstraintViolationException if another row has its primary key, or its values in a unique index
     */
    public void insert(Row row) {
        definition.schema().check(row);
        Slice key = definition.layout().keyOf(row);
        if (transaction.get(key).isPresent()) {
            throw duplicate(row);
        }
        atomically(() -> {
            transaction.put(key, definition.layout().valueOf(row));
            definition.indexes().forEach(index -> index.insert(transaction, row));
        });
    }

    /**
     * Adds a row, or replaces the one with the same primary key.
     *
     * @throws ConstraintViolationException if another row has its values in a unique index
     */
    public void put(Row row) {
        definition.schema().check(row);
        if (!update(definition.schema().keyOf(row), row)) {
            insert(row);
        }
    }

    /**
     * Replaces a row.
     *
     * @param primaryKey of the row that is replaced
     * @param changed the new row, which may have another primary key
     * @return whether there was a row with this primary key; otherwise nothing has changed
     * @throws ConstraintViolationException if another row has the new primary key, or the new values in a unique index
     */
    public boolean update(Row primaryKey, Row changed) {
        definition.schema().check(changed);
        TableLayout layout = definition.layout();
        Slice key = layout.key(primaryKey);
        Optional<Slice> value = transaction.get(key);
        if (value.isEmpty()) {
            return false;
        }
        Row before = layout.row(key, value.get());
        Slice newKey = layout.keyOf(changed);
        boolean isMoved = !newKey.equals(key);
        if (isMoved && transaction.get(newKey).isPresent()) {
            throw duplicate(changed);
        }
        atomically(() -> {
            if (isMoved) {
                transaction.delete(key);
            }
            transaction.put(newKey, layout.valueOf(changed));
            definition.indexes().forEach(index -> index.update(transaction, before, changed));
        });
        return true;
    }

    /**
     * Removes a row.
     *
     * @return whether there was a row with this primary key
     */
    public boolean delete(Row primaryKey) {
        TableLayout layout = definition.layout();
        Slice key = layout.key(primaryKey);
        Optional<Slice> value = transaction.get(key);
        if (value.isEmpty()) {
            return false;
        }
        Row before = layout.row(key, value.get());
        onWrite.run();
        transaction.delete(key);
        definition.indexes().forEach(index -> index.delete(transaction, before));
        return true;
    }

    /** Runs {@code change} as a whole or not at all. */
    private void atomically(Runnable change) {
        onWrite.run();
        Transaction.Savepoint before = transaction.savepoint();
        try {
            change.run();
        } catch (RuntimeException e) {
            transaction.rollbackTo(before);
            throw e;
        }
    }

    private ConstraintViolationException duplicate(Row row) {
        Schema schema = definition.schema();
        return new ConstraintViolationException(
                definition.name(),
                "another row of " + definition.name() + " has the primary key " + schema.primaryKey() + " = "
                        + schema.keyOf(row));
    }
}
