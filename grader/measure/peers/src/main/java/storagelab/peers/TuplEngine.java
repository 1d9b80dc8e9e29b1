package storagelab.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.cojen.tupl.Cursor;
import org.cojen.tupl.Database;
import org.cojen.tupl.DatabaseConfig;
import org.cojen.tupl.DurabilityMode;
import org.cojen.tupl.Index;
import org.cojen.tupl.Transaction;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.EngineCounters;
import storagelab.grader.bench.engine.EngineSettings;
import storagelab.grader.bench.engine.TransactionalEngine;

/**
 * Tupl: a B-tree with a cache of its own and a redo log, which is written at every commit and synced only if puts have to be
 * durable. Checkpoints come every second, as they do unless something else is said.
 */
public class TuplEngine implements TransactionalEngine {
    private @Nullable Database database;
    private @Nullable Index index;
    private @Nullable Path directory;

    /** Changes what Tupl would do by itself. */
    DatabaseConfig tune(DatabaseConfig config) {
        return config;
    }

    private Database database() {
        if (database == null) {
            throw new IllegalStateException("not open");
        }
        return database;
    }

    private Index index() {
        if (index == null) {
            throw new IllegalStateException("not open");
        }
        return index;
    }

    @Override
    public void open(Path place, EngineSettings settings) throws IOException {
        directory = place;
        DatabaseConfig config = new DatabaseConfig()
                .baseFilePath(place.resolve("records").toString())
                .minCacheSize(settings.cacheBytes())
                .maxCacheSize(settings.cacheBytes())
                .durabilityMode(settings.isSynced() ? DurabilityMode.SYNC : DurabilityMode.NO_SYNC);
        database = Database.open(tune(config));
        index = database.openIndex("records");
    }

    /** Without transactions and log, which is meant for this, and with a checkpoint at the end. */
    @Override
    public void bulkLoad(Path place, EngineSettings settings, storagelab.api.Cursor sorted) throws IOException {
        open(place, settings);
        Cursor cursor = index().newCursor(Transaction.BOGUS);
        try {
            for (; sorted.isValid(); sorted.next()) {
                cursor.findNearby(sorted.key().toByteArray());
                cursor.store(sorted.value().toByteArray());
            }
        } finally {
            cursor.reset();
        }
        checkpoint();
    }

    @Override
    public void put(byte[] key, byte[] value) throws IOException {
        index().store(null, key, value);
    }

    /** In a transaction whose first read takes a lock that it can raise to that of a writer. */
    @Override
    public void update(byte[] key, Function<? super Slice, byte[]> change) throws IOException {
        Transaction transaction = database().newTransaction();
        try {
            byte[] value = index().load(transaction, key);
            index().store(transaction, key, change.apply(Slice.wrap(value)));
            transaction.commit();
        } finally {
            transaction.exit();
        }
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) throws IOException {
        Transaction transaction = database().newTransaction();
        try {
            for (int i = 0; i < keys.length; i++) {
                index().store(transaction, keys[i], values[i]);
            }
            transaction.commit();
        } finally {
            transaction.exit();
        }
    }

    @Override
    public @Nullable Slice get(byte[] key) throws IOException {
        byte[] value = index().load(null, key);
        return value == null ? null : Slice.wrap(value);
    }

    @Override
    public void scan(byte[] from, int limit, EntryVisitor visitor) throws IOException {
        Cursor cursor = index().newCursor(null);
        try {
            cursor.findGe(from);
            for (int i = 0; i < limit && cursor.key() != null; i++) {
                visitor.entry(Slice.wrap(cursor.key()), Slice.wrap(cursor.value()));
                cursor.next();
            }
        } finally {
            cursor.reset();
        }
    }

    @Override
    public void checkpoint() throws IOException {
        database().checkpoint();
    }

    @Override
    public EngineCounters counters() throws IOException {
        if (directory == null) {
            throw new IllegalStateException("not open");
        }
        return EngineCounters.ofFiles(directory);
    }

    @Override
    public void close() throws IOException {
        if (database != null) {
            database.close();
        }
    }
}
