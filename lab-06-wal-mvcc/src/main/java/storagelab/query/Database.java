package storagelab.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.StoreStats;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.TransactionalStore;
import storagelab.api.WriteBatch;

/**
 * Relations with secondary indexes in a transactional store, which may have other users. Keys that begin with {@code 00 71} are
 * of the database; all others are of the other users.
 *
 * <pre>{@code
 * Database database = Database.open(store);
 * database.createTable("cities", new Schema(List.of(
 *         Column.required("id", ColumnType.BIGINT), Column.required("country", ColumnType.TEXT)), List.of("id")));
 * database.createIndex("cities", IndexSpec.of("by_country", "country"));
 * try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
 *     transaction.table("cities").insert(Row.of(2988507L, "FR"));
 *     transaction.commit();
 * }
 * }</pre>
 *
 * <p>Invariants, which {@link #verify} proves:
 *
 * <ol>
 *   <li>Every key of the database belongs to the catalog, to a relation or index in it, or to a leftover.
 *   <li>Every index has exactly one entry for each row of its relation, the one that {@link SecondaryIndex#entry} gives.
 * </ol>
 *
 * <p>Changes of the schema are durable when they return, and whole or not there at all after a crash. Creating an index on a
 * relation with rows, and dropping one, write in many batches. Before the first, the catalog says that what has the number of the
 * index is a <em>leftover</em>, which no read looks at. The last batch of creating takes this mark away and puts the index into
 * the catalog. What a crash leaves is removed before the next change of the schema. Numbers are never used twice. Opening a
 * database writes nothing.
 *
 * <p>Concurrency: safe for many threads. There is at most one database object for a store at a time. Changes of the schema run
 * one after the other, and commits wait for them; reads do not. A transaction that has written to a relation whose indexes have
 * changed since it began cannot be committed: it does not know them.
 */
public final class Database {
    private static final int BATCH =
            1_000; // entries: so much memory, and so long a record of the log, does a batch take

    private final TransactionalStore store;
    private final ReentrantReadWriteLock schemaLock = new ReentrantReadWriteLock();
    private volatile Catalog catalog; // changed with the write lock held

    private Database(TransactionalStore store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * The database in {@code store}, which stays open until the caller closes it.
     *
     * @throws IllegalStateException if its format is newer than this program, or the catalog is damaged
     */
    public static Database open(TransactionalStore store) {
        Catalog catalog = Catalog.empty();
        try (Snapshot snapshot = store.snapshot()) {
            Optional<Slice> header = snapshot.get(CatalogLayout.headerKey());
            if (header.isEmpty()) {
                return new Database(store, catalog);
            }
            int unused = CatalogLayout.nextId(header.get());
            try (Cursor entries = snapshot.cursor(CatalogLayout.range(CatalogLayout.TABLE))) {
                for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                    int id = CatalogLayout.idOf(entries.key());
                    TableDefinition table = CatalogLayout.decode(id, entries.value());
                    catalog = catalog.with(table);
                    Optional<Slice> known = snapshot.get(CatalogLayout.key(CatalogLayout.STATISTICS, id));
                    if (known.isPresent()) {
                        catalog = catalog.with(id, StatisticsLayout.decode(table.schema(), known.get()));
                    }
                }
            }
        }
        return new Database(store, catalog);
    }

    /** The relations at this moment. */
    public Catalog catalog() {
        return catalog;
    }

    /** What the store beneath has counted. */
    public StoreStats stats() {
        return store.stats();
    }

    /** Reads of the newest state, without a transaction; for queries that read once. */
    public Reads newest() {
        return Reads.of(store);
    }

    /** Begins a transaction. */
    public DatabaseTransaction begin(Isolation isolation) {
        Lock shared = schemaLock.readLock();
        shared.lock(); // so that the catalog and the view of the transaction are of one moment
        try {
            return new DatabaseTransaction(this, catalog, store.begin(isolation));
        } finally {
            shared.unlock();
        }
    }

    /** Commits, if the relations that were written to are still those of {@code known}. */
    void commit(Catalog known, Set<TableDefinition> written, Runnable commit, Transaction transaction) {
        if (written.isEmpty()) {
            commit.run();
            return;
        }
        Lock shared = schemaLock.readLock();
        shared.lock();
        try {
            for (TableDefinition table : written) {
                if (catalog.find(table.name()).orElse(null) != table) {
                    transaction.rollback();
                    throw new TransactionConflictException("the table " + table.name()
                            + " was dropped, or one of its indexes made or dropped, since the transaction began");
                }
            }
            commit.run();
        } finally {
            shared.unlock();
        }
    }

    /**
     * Creates a relation without rows.
     *
     * @throws IllegalArgumentException if there is one of this name, or a name cannot be one
     */
    public TableDefinition createTable(String name, Schema schema) {
        Names.check("a table", name);
        schema.columns().forEach(column -> Names.check("a column", column.name()));
        return changeSchema(changes -> {
            if (catalog.find(name).isPresent()) {
                throw new IllegalArgumentException("there is a table " + name + " already");
            }
            TableDefinition table = new TableDefinition(changes.newId(), name, schema, List.of());
            store.write(
                    changes.batch()
                            .put(CatalogLayout.key(CatalogLayout.TABLE, table.id()), CatalogLayout.encode(table)),
                    Durability.SYNCED);
            catalog = catalog.with(table);
            return table;
        });
    }

    /**
     * Removes a relation with its rows and indexes.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public void dropTable(String name) {
        changeSchema(changes -> {
            TableDefinition table = catalog.table(name);
            List<Integer> ids = new ArrayList<>(List.of(table.id()));
            table.indexes().forEach(index -> ids.add(index.definition().id()));
            WriteBatch batch = new WriteBatch()
                    .delete(CatalogLayout.key(CatalogLayout.TABLE, table.id()))
                    .delete(CatalogLayout.key(CatalogLayout.STATISTICS, table.id()));
            ids.forEach(id -> batch.put(CatalogLayout.key(CatalogLayout.LEFTOVER, id), Slice.EMPTY));
            store.write(batch, Durability.SYNCED);
            catalog = catalog.without(table);
            ids.forEach(changes::remove);
            return table;
        });
    }

    /**
     * Creates an index, with an entry for every row there is.
     *
     * @throws IllegalArgumentException if there is no such relation or column, or an index of this name
     * @throws ConstraintViolationException if the index is to be unique and two rows have the same values; nothing has changed
     */
    public IndexDefinition createIndex(String tableName, IndexSpec spec) {
        Names.check("an index", spec.name());
        return changeSchema(changes -> {
            TableDefinition table = catalog.table(tableName);
            if (catalog.tableOfIndex(spec.name()).isPresent()) {
                throw new IllegalArgumentException("there is an index " + spec.name() + " already");
            }
            List<KeyColumn> columns = spec.parts().stream()
                    .map(part -> new KeyColumn(table.schema().column(part.column()), part.order()))
                    .toList();
            IndexDefinition index = new IndexDefinition(changes.newId(), spec.name(), spec.unique(), columns);
            TableDefinition changed = table.withIndex(index);
            Slice mark = CatalogLayout.key(CatalogLayout.LEFTOVER, index.id());
            store.write(changes.batch().put(mark, Slice.EMPTY), Durability.BUFFERED);
            try {
                new IndexBuilder(store, table, new SecondaryIndex(table.schema(), index), BATCH).build();
                store.write(
                        new WriteBatch()
                                .put(CatalogLayout.key(CatalogLayout.TABLE, table.id()), CatalogLayout.encode(changed))
                                .delete(mark),
                        Durability.SYNCED);
            } catch (RuntimeException e) {
                changes.removeAfter(e, index.id());
                throw e;
            }
            catalog = catalog.with(changed);
            return index;
        });
    }

    /**
     * Removes an index with its entries.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public void dropIndex(String name) {
        changeSchema(changes -> {
            TableDefinition table = catalog.tableOfIndex(name)
                    .orElseThrow(() -> new IllegalArgumentException("there is no index " + name));
            int id = table.index(name).orElseThrow().definition().id();
            TableDefinition changed = table.withoutIndex(name);
            store.write(
                    new WriteBatch()
                            .put(CatalogLayout.key(CatalogLayout.TABLE, table.id()), CatalogLayout.encode(changed))
                            .put(CatalogLayout.key(CatalogLayout.LEFTOVER, id), Slice.EMPTY),
                    Durability.SYNCED);
            catalog = catalog.with(changed);
            changes.remove(id);
            return changed;
        });
    }

    /**
     * Reads all rows of a relation and keeps what is then known about their values, for the planner.
     *
     * @param random draws the sample
     */
    public TableStatistics analyze(String tableName, AnalyzeOptions options, RandomGenerator random) {
        TableDefinition table = catalog.table(tableName);
        Analyzer analyzer = new Analyzer(table.schema(), options, random);
        try (Snapshot snapshot = store.snapshot();
                Cursor rows = snapshot.cursor(table.layout().all())) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                analyzer.add(table.layout().row(rows.key(), rows.value()));
            }
        }
        TableStatistics statistics = analyzer.finish();
        return changeSchema(changes -> {
            if (catalog.table(tableName).id() == table.id()) {
                store.write(
                        new WriteBatch()
                                .put(
                                        CatalogLayout.key(CatalogLayout.STATISTICS, table.id()),
                                        StatisticsLayout.encode(table.schema(), statistics)),
                        Durability.BUFFERED);
                catalog = catalog.with(table.id(), statistics);
            }
            return statistics;
        });
    }

    /**
     * Proves the invariants for the newest state.
     *
     * @return what was looked at
     * @throws AssertionError if one does not hold; it says which key is wrong
     */
    public DatabaseVerifier.Verified verify() {
        Lock shared = schemaLock.readLock();
        shared.lock();
        Catalog known;
        Snapshot snapshot;
        try {
            known = catalog;
            snapshot = store.snapshot();
        } finally {
            shared.unlock();
        }
        try (snapshot) {
            return new DatabaseVerifier(known, snapshot).verify();
        }
    }

    private <T> T changeSchema(SchemaChanges.Change<T> change) {
        Lock alone = schemaLock.writeLock();
        alone.lock();
        try {
            return change.apply(SchemaChanges.begin(store, BATCH));
        } finally {
            alone.unlock();
        }
    }
}
