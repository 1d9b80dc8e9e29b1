package storagelab.peers;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Transaction;
import org.rocksdb.TransactionDB;
import org.rocksdb.TransactionDBOptions;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.TransactionalEngine;

/** {@link RocksDbEngine} with transactions that lock what they read for an update. One key at a time, none waits for ever. */
public final class RocksDbLocksEngine extends RocksDbEngine implements TransactionalEngine {
    private final ReadOptions reading = held(new ReadOptions());
    private @Nullable TransactionDB database;

    @Override
    RocksDB openDatabase(Options options, String place) throws RocksDBException {
        TransactionDBOptions locks = held(new TransactionDBOptions()).setTransactionLockTimeout(-1);
        TransactionDB opened = TransactionDB.open(options, locks, place);
        database = opened;
        return opened;
    }

    @Override
    public void update(byte[] key, Function<? super Slice, byte[]> change) throws IOException {
        TransactionDB open = database;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        try (Transaction transaction = open.beginTransaction(writing())) {
            byte[] value = transaction.getForUpdate(reading, key, true);
            transaction.put(key, change.apply(Slice.wrap(value)));
            transaction.commit();
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }
}
