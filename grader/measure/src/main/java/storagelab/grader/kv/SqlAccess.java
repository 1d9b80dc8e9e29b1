package storagelab.grader.kv;

import java.util.Optional;
import java.util.function.LongSupplier;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.Transaction;
import storagelab.api.TransactionalStore;
import storagelab.query.Catalog;
import storagelab.query.Database;
import storagelab.query.sql.SqlOptions;
import storagelab.query.sql.SqlResult;
import storagelab.query.sql.SqlSession;

/**
 * The tables of an open store, and the transaction that was begun, which is one for statements and for the other commands.
 *
 * <p>Concurrency: one thread at a time.
 */
final class SqlAccess implements AutoCloseable {
    private final TransactionTap tap;
    private final SqlSession statements;

    /** Reads the catalog of the store. Writes are on the disk when a statement or a commit returns. */
    SqlAccess(TransactionalStore store, LongSupplier nanoTime) {
        this.tap = new TransactionTap(store);
        this.statements = new SqlSession(
                Database.open(tap),
                SqlOptions.defaults().withIsolation(Isolation.SERIALIZABLE).withDurability(Durability.SYNCED),
                nanoTime);
    }

    /** Executes a statement; the caller closes the result. */
    SqlResult execute(String statement) {
        return statements.execute(statement);
    }

    /** The tables there are. */
    Catalog catalog() {
        return statements.database().catalog();
    }

    /** The transaction, if one has begun and not ended. */
    Optional<Transaction> transaction() {
        return statements.isInTransaction() ? tap.last() : Optional.empty();
    }

    /** Gives an open transaction up. The store stays open. */
    @Override
    public void close() {
        statements.close();
    }
}
