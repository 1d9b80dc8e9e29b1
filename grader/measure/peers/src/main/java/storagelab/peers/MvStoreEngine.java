package storagelab.peers;

import java.nio.file.Path;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.EngineCounters;
import storagelab.grader.bench.engine.EngineSettings;
import storagelab.grader.bench.engine.PeerEngine;

/**
 * The store below H2: a log of copied B-tree pages, with the values as arrays on the heap. A thread of its own commits every
 * second, or when 16 MiB are unsaved; a killed process loses what came after. A batch ends with a commit, which is what makes
 * it whole on the disk; readers may see a part of it.
 */
public final class MvStoreEngine implements PeerEngine {
    private static final int AUTO_COMMIT_KIBIBYTES = 16 << 10;
    private static final int BYTES_A_MEBIBYTE = 1 << 20;
    private static final int BULK_COMMIT_RECORDS = 100_000;

    private @Nullable MVStore store;
    private @Nullable MVMap<byte[], byte[]> map;
    private boolean synced;

    private MVStore store() {
        if (store == null) {
            throw new IllegalStateException("not open");
        }
        return store;
    }

    private MVMap<byte[], byte[]> map() {
        if (map == null) {
            throw new IllegalStateException("not open");
        }
        return map;
    }

    @Override
    public void open(Path directory, EngineSettings settings) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("records.mv").toString())
                .cacheSize((int) Math.max(1, settings.cacheBytes() / BYTES_A_MEBIBYTE))
                .autoCommitBufferSize(AUTO_COMMIT_KIBIBYTES)
                .open();
        map = store.openMap(
                "records",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
        synced = settings.isSynced();
    }

    @Override
    public void bulkLoad(Path directory, EngineSettings settings, storagelab.api.Cursor sorted) {
        open(directory, settings);
        for (int i = 1; sorted.isValid(); i++) {
            byte[] unused = map().put(sorted.key().toByteArray(), sorted.value().toByteArray());
            sorted.next();
            if (i % BULK_COMMIT_RECORDS == 0) {
                commit();
            }
        }
        checkpoint();
    }

    private void commit() {
        long unused = store().commit();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        byte[] unused = map().put(key, value);
        if (synced) {
            checkpoint();
        }
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        for (int i = 0; i < keys.length; i++) {
            byte[] unused = map().put(keys[i], values[i]);
        }
        commit();
    }

    @Override
    public @Nullable Slice get(byte[] key) {
        byte[] value = map().get(key);
        return value == null ? null : Slice.wrap(value);
    }

    @Override
    public void scan(byte[] from, int limit, EntryVisitor visitor) {
        Cursor<byte[], byte[]> cursor = map().cursor(from);
        for (int i = 0; i < limit && cursor.hasNext(); i++) {
            byte[] key = cursor.next();
            visitor.entry(Slice.wrap(key), Slice.wrap(cursor.getValue()));
        }
    }

    @Override
    public void checkpoint() {
        commit();
        store().sync();
    }

    @Override
    public EngineCounters counters() {
        return new EngineCounters(
                store().getFileStore().size(), store().getFileStore().getReadCount());
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
