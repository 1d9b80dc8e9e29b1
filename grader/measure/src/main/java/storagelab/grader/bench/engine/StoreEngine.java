package storagelab.grader.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.file.FileMetrics;

/** A store of the labs as an engine. A subclass says how it is opened, and what a checkpoint of it is. */
abstract class StoreEngine<S extends OrderedStore> implements PeerEngine {
    private static final int BULK_BATCH = 1_000;

    private @Nullable S store;
    private @Nullable Path directory;
    private Durability puts = Durability.BUFFERED;

    /** Opens the store in {@code directory}, a new one if that is empty. */
    abstract S openStore(Path directory, EngineSettings settings);

    /** Makes durable what is in {@code store}. */
    abstract void checkpoint(S store);

    /** The store; there once it was opened. */
    final S store() {
        if (store == null) {
            throw new IllegalStateException("not open");
        }
        return store;
    }

    /** How durable a write is. */
    final Durability puts() {
        return puts;
    }

    @Override
    public final void open(Path place, EngineSettings settings) {
        store = openStore(place, settings);
        directory = place;
        puts = settings.puts();
    }

    @Override
    public void bulkLoad(Path place, EngineSettings settings, Cursor sorted) {
        open(place, settings);
        while (sorted.isValid()) {
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < BULK_BATCH && sorted.isValid(); i++) {
                batch.put(sorted.key(), sorted.value());
                sorted.next();
            }
            store().write(batch, Durability.BUFFERED);
        }
        checkpoint();
    }

    @Override
    public final void put(byte[] key, byte[] value) {
        if (puts == Durability.BUFFERED) {
            store().put(Slice.wrap(key), Slice.wrap(value));
        } else {
            store().write(new WriteBatch().put(Slice.wrap(key), Slice.wrap(value)), puts);
        }
    }

    @Override
    public final void putAll(byte[][] keys, byte[][] values) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < keys.length; i++) {
            batch.put(Slice.wrap(keys[i]), Slice.wrap(values[i]));
        }
        store().write(batch, puts);
    }

    @Override
    public final @Nullable Slice get(byte[] key) {
        return store().get(Slice.wrap(key)).orElse(null);
    }

    @Override
    public final void scan(byte[] from, int limit, EntryVisitor visitor) {
        try (Cursor cursor = store().cursor(KeyRange.all())) {
            cursor.seek(Slice.wrap(from));
            for (int i = 0; i < limit && cursor.isValid(); i++) {
                visitor.entry(cursor.key(), cursor.value());
                cursor.next();
            }
        }
    }

    @Override
    public final void checkpoint() {
        checkpoint(store());
    }

    @Override
    public final EngineCounters counters() throws IOException {
        if (directory == null) {
            throw new IllegalStateException("not open");
        }
        StoreStats stats = store().stats();
        return new EngineCounters(
                FileSizes.of(directory).sum(),
                stats.get(FileMetrics.BLOCKS_READ),
                stats.get(FileMetrics.BYTES_WRITTEN));
    }

    @Override
    public final void close() {
        if (store != null) {
            store.close();
        }
    }
}
