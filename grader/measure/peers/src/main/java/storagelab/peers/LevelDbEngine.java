package storagelab.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBFactory;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.EngineCounters;
import storagelab.grader.bench.engine.EngineSettings;
import storagelab.grader.bench.engine.FileSizes;
import storagelab.grader.bench.engine.PeerEngine;

/**
 * LevelDB or a port of it, behind the Java interface that all of them implement: no compression, a cache as large as the
 * budget, a log that is written at every commit. A subclass says which one it is.
 *
 * <p>None of them says whether work goes on in the background. It counts as done when no file has changed for a while.
 */
abstract class LevelDbEngine implements PeerEngine {
    private static final int BULK_BATCH = 1_000;
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private @Nullable DB database;
    private @Nullable Path directory;
    private WriteOptions writing = new WriteOptions();

    /** Who opens databases. */
    abstract DBFactory factory();

    /** Options that not all of them have. */
    Options tune(Options options) {
        return options;
    }

    /** Writes out what is in memory, and waits for that. */
    abstract void flush(DB opened) throws IOException;

    private DB database() {
        if (database == null) {
            throw new IllegalStateException("not open");
        }
        return database;
    }

    private Path directory() {
        if (directory == null) {
            throw new IllegalStateException("not open");
        }
        return directory;
    }

    @Override
    public final void open(Path place, EngineSettings settings) throws IOException {
        directory = place;
        writing = new WriteOptions().sync(settings.isSynced());
        Options options = new Options()
                .createIfMissing(true)
                .compressionType(CompressionType.NONE)
                .writeBufferSize((int) settings.memtableBytes())
                .cacheSize(settings.cacheBytes());
        database = factory().open(place.toFile(), tune(options));
    }

    /** In batches, in the order of the keys: there is no other way. */
    @Override
    public final void bulkLoad(Path place, EngineSettings settings, Cursor sorted) throws IOException {
        open(place, settings);
        while (sorted.isValid()) {
            try (WriteBatch batch = database().createWriteBatch()) {
                for (int i = 0; i < BULK_BATCH && sorted.isValid(); i++) {
                    batch.put(sorted.key().toByteArray(), sorted.value().toByteArray());
                    sorted.next();
                }
                database().write(batch, writing);
            }
        }
        checkpoint();
    }

    @Override
    public final void put(byte[] key, byte[] value) {
        database().put(key, value, writing);
    }

    @Override
    public final void putAll(byte[][] keys, byte[][] values) throws IOException {
        try (WriteBatch batch = database().createWriteBatch()) {
            for (int i = 0; i < keys.length; i++) {
                batch.put(keys[i], values[i]);
            }
            database().write(batch, writing);
        }
    }

    @Override
    public final @Nullable Slice get(byte[] key) {
        byte[] value = database().get(key);
        return value == null ? null : Slice.wrap(value);
    }

    @Override
    public final void scan(byte[] from, int limit, EntryVisitor visitor) throws IOException {
        try (DBIterator iterator = database().iterator()) {
            iterator.seek(from);
            for (int i = 0; i < limit && iterator.hasNext(); i++) {
                Map.Entry<byte[], byte[]> entry = iterator.next();
                visitor.entry(Slice.wrap(entry.getKey()), Slice.wrap(entry.getValue()));
            }
        }
    }

    @Override
    public final void checkpoint() throws IOException {
        flush(database());
        FileSizes seen = FileSizes.of(directory());
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
            FileSizes now = FileSizes.of(directory());
            if (!now.equals(seen)) {
                seen = now;
                since = System.nanoTime();
            }
        }
    }

    @Override
    public final EngineCounters counters() throws IOException {
        return EngineCounters.ofFiles(directory());
    }

    @Override
    public final void close() throws IOException {
        if (database != null) {
            database.close();
        }
    }
}
