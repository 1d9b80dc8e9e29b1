package storagelab.query;

import java.util.HashSet;
import java.util.Set;
import storagelab.api.Durability;
import storagelab.api.Transaction;

/**
 * A transaction over the relations of a database. It sees the catalog of the moment at which it began.
 *
 * <p>Errors: {@link storagelab.api.TransactionConflictException} as {@link Transaction} says, and if a relation that it has
 * written to was dropped, or has got or lost an index, since it began. It may be run again.
 *
 * <p>Concurrency: one thread at a time.
 */
public final class DatabaseTransaction implements AutoCloseable {
    private final Database database;
    private final Catalog catalog;
    private final Transaction transaction;
    private final Set<TableDefinition> written = new HashSet<>();

    DatabaseTransaction(Database database, Catalog catalog, Transaction transaction) {
        this.database = database;
        this.catalog = catalog;
        this.transaction = transaction;
    }

    /** The relations when the transaction began. */
    public Catalog catalog() {
        return catalog;
    }

    /**
     * The relation of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Table table(String name) {
        return table(catalog.table(name));
    }

    /** The relation of this definition, which is one of {@link #catalog}. */
    public Table table(TableDefinition definition) {
        return new Table(definition, transaction, () -> written.add(definition));
    }

    /** Reads in this transaction. */
    public Reads reads() {
        return Reads.of(transaction);
    }

    /** This moment. */
    public Transaction.Savepoint savepoint() {
        return transaction.savepoint();
    }

    /** Takes back what was written since {@code savepoint}; see {@link Transaction#rollbackTo}. */
    public void rollbackTo(Transaction.Savepoint savepoint) {
        transaction.rollbackTo(savepoint);
    }

    /**
     * Makes all writes visible.
     *
     * @throws storagelab.api.TransactionConflictException if a conflict does not allow it; nothing has changed then
     */
    public void commit(Durability durability) {
        database.commit(catalog, written, () -> transaction.commit(durability), transaction);
    }

    /** As {@link #commit(Durability)}, {@link Durability#BUFFERED}. */
    public void commit() {
        commit(Durability.BUFFERED);
    }

    /** Gives all writes up. */
    public void rollback() {
        transaction.rollback();
    }

    /** Rolls back, if the transaction was not committed. Closing twice does nothing. */
    @Override
    public void close() {
        transaction.close();
    }
}
