package storagelab.peers;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.OptimisticTransactionDB;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Transaction;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.TransactionalEngine;

/** {@link RocksDbEngine} with transactions that look for conflicts when they are committed. */
public final class RocksDbOptimisticEngine extends RocksDbEngine implements TransactionalEngine {
    private final ReadOptions reading = held(new ReadOptions());
    private @Nullable OptimisticTransactionDB database;

    @Override
    RocksDB openDatabase(Options options, String place) throws RocksDBException {
        OptimisticTransactionDB opened = OptimisticTransactionDB.open(options, place);
        database = opened;
        return opened;
    }

    @Override
    public void update(byte[] key, Function<? super Slice, byte[]> change) throws IOException {
        OptimisticTransactionDB open = database;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        while (true) {
            try (Transaction transaction = open.beginTransaction(writing())) {
                byte[] value = transaction.getForUpdate(reading, key, true);
                transaction.put(key, change.apply(Slice.wrap(value)));
                transaction.commit();
                return;
            } catch (RocksDBException e) {
                Status status = e.getStatus();
                if (status == null
                        || (status.getCode() != Status.Code.Busy && status.getCode() != Status.Code.TryAgain)) {
                    throw new IOException(e);
                }
            }
        }
    }
}
