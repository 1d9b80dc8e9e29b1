package storagelab.peers;

import java.nio.file.Path;
import java.util.function.Function;
import org.h2.engine.IsolationLevel;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.EngineCounters;
import storagelab.grader.bench.engine.EngineSettings;
import storagelab.grader.bench.engine.TransactionalEngine;

/** The store below H2 with the transactions below H2: an undo log, and a lock for each key that is written. */
public final class MvStoreTransactionsEngine implements TransactionalEngine {
    private static final int AUTO_COMMIT_KIBIBYTES = 16 << 10;
    private static final int LOCK_WAIT_MILLIS = 10_000; // its own default is 0: to fail at once when a key is locked
    private static final int BYTES_A_MEBIBYTE = 1 << 20;

    private @Nullable MVStore store;
    private @Nullable TransactionStore transactions;
    private boolean synced;

    private MVStore store() {
        if (store == null) {
            throw new IllegalStateException("not open");
        }
        return store;
    }

    private Transaction begin() {
        if (transactions == null) {
            throw new IllegalStateException("not open");
        }
        return transactions.begin((map, key, existing, restored) -> {}, LOCK_WAIT_MILLIS, 0, IsolationLevel.READ_COMMITTED);
    }

    private static TransactionMap<byte[], byte[]> map(Transaction transaction) {
        return transaction.openMap("records", ByteArrayDataType.INSTANCE, ByteArrayDataType.INSTANCE);
    }

    @Override
    public void open(Path directory, EngineSettings settings) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("records.mv").toString())
                .cacheSize((int) Math.max(1, settings.cacheBytes() / BYTES_A_MEBIBYTE))
                .autoCommitBufferSize(AUTO_COMMIT_KIBIBYTES)
                .open();
        transactions = new TransactionStore(store);
        transactions.init();
        synced = settings.isSynced();
    }

    @Override
    public void bulkLoad(Path directory, EngineSettings settings, Cursor sorted) {
        open(directory, settings);
        for (; sorted.isValid(); sorted.next()) {
            put(sorted.key().toByteArray(), sorted.value().toByteArray());
        }
        checkpoint();
    }

    private void commit(Transaction transaction) {
        transaction.commit();
        if (synced) {
            checkpoint();
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        Transaction transaction = begin();
        byte[] unused = map(transaction).put(key, value);
        commit(transaction);
    }

    @Override
    public void update(byte[] key, Function<? super Slice, byte[]> change) {
        Transaction transaction = begin();
        TransactionMap<byte[], byte[]> map = map(transaction);
        byte[] value = map.lock(key);
        byte[] unused = map.put(key, change.apply(Slice.wrap(value)));
        commit(transaction);
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        Transaction transaction = begin();
        TransactionMap<byte[], byte[]> map = map(transaction);
        for (int i = 0; i < keys.length; i++) {
            byte[] unused = map.put(keys[i], values[i]);
        }
        commit(transaction);
    }

    @Override
    public @Nullable Slice get(byte[] key) {
        Transaction transaction = begin();
        byte[] value = map(transaction).get(key);
        transaction.commit();
        return value == null ? null : Slice.wrap(value);
    }

    @Override
    public void scan(byte[] from, int limit, EntryVisitor visitor) {
        Transaction transaction = begin();
        TransactionMap.TMIterator<byte[], byte[], java.util.Map.Entry<byte[], byte[]>> entries =
                map(transaction).entryIterator(from, null);
        for (int i = 0; i < limit; i++) {
            java.util.Map.Entry<byte[], byte[]> entry = entries.fetchNext();
            if (entry == null) {
                break;
            }
            visitor.entry(Slice.wrap(entry.getKey()), Slice.wrap(entry.getValue()));
        }
        transaction.commit();
    }

    @Override
    public void checkpoint() {
        long unused = store().commit();
        store().sync();
    }

    @Override
    public EngineCounters counters() {
        return new EngineCounters(
                store().getFileStore().size(), store().getFileStore().getReadCount());
    }

    @Override
    public void close() {
        if (transactions != null) {
            transactions.close();
        }
        if (store != null) {
            store.close();
        }
    }
}
