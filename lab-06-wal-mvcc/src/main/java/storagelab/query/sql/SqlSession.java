package storagelab.query.sql;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.query.Catalog;
import storagelab.query.Database;
import storagelab.query.DatabaseTransaction;
import storagelab.query.plan.Planner;

/**
 * Executes SQL statements over a database, one after the other.
 *
 * <pre>{@code
 * try (SqlSession session = new SqlSession(Database.open(store), SqlOptions.defaults())) {
 *     session.execute("CREATE TABLE city (id BIGINT PRIMARY KEY, name TEXT NOT NULL, size INT)");
 *     session.execute("CREATE INDEX by_size ON city (size DESC)");
 *     session.execute("INSERT INTO city VALUES (?, ?, ?), (2, 'Rome', 2318895)", 1, "Paris", 2138551);
 *     try (SqlResult result = session.execute("SELECT name FROM city WHERE size > 1000000 ORDER BY size DESC LIMIT 1")) {
 *         Row first = result.next(); // [Rome]
 *     }
 * }
 * }</pre>
 *
 * <p>Statements:
 *
 * <ul>
 *   <li>{@code SELECT columns | * | COUNT(*) FROM table [WHERE conditions] [ORDER BY column [ASC | DESC], …] [LIMIT n] [OFFSET n]}
 *   <li>{@code INSERT INTO table [(columns)] VALUES (…), (…)}, {@code UPDATE table SET column = value, … [WHERE conditions]}, {@code
 *       DELETE FROM table [WHERE conditions]}
 *   <li>{@code CREATE TABLE [IF NOT EXISTS] table (column type [NOT NULL] [PRIMARY KEY], …, [PRIMARY KEY (columns)])}, {@code CREATE
 *       [UNIQUE] INDEX [IF NOT EXISTS] index ON table (column [DESC], …)}, {@code DROP TABLE | INDEX [IF EXISTS] name}
 *   <li>{@code ANALYZE table}, {@code EXPLAIN [ANALYZE] statement}, {@code BEGIN}, {@code COMMIT}, {@code ROLLBACK}
 * </ul>
 *
 * <p>Conditions are comparisons of a column with a value, connected by AND: {@code = < <= > >= BETWEEN, IS NULL, IS NOT NULL}, {@code
 * LIKE 'text%'}. A value is a literal or the parameter {@code ?}. Types are BOOLEAN, INT, BIGINT, DOUBLE, TEXT, BYTES and TIMESTAMP.
 * Names are in lower case, unless they stand between double quotes.
 *
 * <p>A statement outside of a transaction is one of its own. A statement that fails changes nothing, inside a transaction either.
 * Changes of the schema cannot be in a transaction.
 *
 * <p>Errors: {@link SqlException} with line and column for a statement that cannot be read, is not supported, or names what is not
 * there; {@link IllegalArgumentException} for values that do not fit; {@link storagelab.query.ConstraintViolationException}; {@link
 * storagelab.api.TransactionConflictException}, after which the transaction is rolled back and may be run again.
 *
 * <p>Concurrency: one thread at a time. Many sessions may be over one database.
 */
public final class SqlSession implements AutoCloseable {
    private final Database database;
    private final SqlOptions options;
    private final LongSupplier nanoTime;
    private final Planner planner;
    private @Nullable DatabaseTransaction transaction;

    /** A session that measures time by {@link System#nanoTime}. */
    public SqlSession(Database database, SqlOptions options) {
        this(database, options, System::nanoTime);
    }

    /** A session that measures time by {@code nanoTime}. */
    public SqlSession(Database database, SqlOptions options, LongSupplier nanoTime) {
        this.database = database;
        this.options = options;
        this.nanoTime = nanoTime;
        this.planner = new Planner(options.costs());
    }

    /**
     * Executes a statement.
     *
     * @param parameters the values of its question marks, in their order
     * @return its rows, which the caller closes, or the number of rows that it has changed
     */
    public SqlResult execute(String sql, @Nullable Object... parameters) {
        return prepare(sql).execute(parameters);
    }

    /** A statement that can be executed many times, and is read only once. */
    public PreparedSql prepare(String sql) {
        return new PreparedSql(this, sql, SqlReader.read(sql, catalog()), catalog());
    }

    /** The database. */
    public Database database() {
        return database;
    }

    /** Whether a transaction has begun and not ended. */
    public boolean isInTransaction() {
        return transaction != null;
    }

    /** Gives an open transaction up. Closing twice does nothing. */
    @Override
    public void close() {
        end(Command.TransactionStep.ROLLBACK);
    }

    /** The catalog that the next statement sees. */
    Catalog catalog() {
        DatabaseTransaction open = transaction;
        return open == null ? database.catalog() : open.catalog();
    }

    Planner planner() {
        return planner;
    }

    SqlOptions options() {
        return options;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    /** The transaction that has begun, if one has. */
    Optional<DatabaseTransaction> transaction() {
        return Optional.ofNullable(transaction);
    }

    /** Begins or ends a transaction. */
    void step(Command.TransactionStep step) {
        boolean isBegin = step == Command.TransactionStep.BEGIN;
        if (isBegin != (transaction == null)) {
            throw new SqlException(
                    isBegin ? "a transaction has begun already" : "no transaction has begun", Place.BEGIN);
        }
        if (isBegin) {
            transaction = database.begin(options.isolation());
        } else {
            end(step);
        }
    }

    private void end(Command.TransactionStep step) {
        DatabaseTransaction open = transaction;
        if (open == null) {
            return;
        }
        transaction = null;
        try (open) {
            if (step == Command.TransactionStep.COMMIT) {
                open.commit(options.durability());
            }
        }
    }
}
