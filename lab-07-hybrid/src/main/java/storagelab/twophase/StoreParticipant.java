package storagelab.twophase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.log.BatchRecord;

/**
 * A participant whose prepared transactions are entries of its own store.
 *
 * <p>To prepare is to write the batch as the value of one reserved key. To commit is one batch that deletes this entry and has
 * the operations. To abort is to delete the entry. The store applies a batch as a whole or not at all, so a crash leaves the
 * transaction prepared or finished, and nothing in between.
 *
 * <p>The reserved keys are those that begin with {@code ff ff}; the transaction's id follows, 8 bytes, big-endian. The value is
 * a {@link BatchRecord} with the sequence 0. No entry of a user has such a key, and no user's key is behind them: a range up to
 * {@link #reservedFrom} has all entries of users.
 *
 * <p>What is written to the store past its participant knows nothing of the locks.
 *
 * <p>Concurrency: safe for many threads. Transactions on different keys share the store's groups of commits.
 */
public final class StoreParticipant implements Participant {
    private static final Slice RESERVED = Slice.copyOf((byte) 0xff, (byte) 0xff);
    private static final int RECORD_BYTES = 256;

    private final String name;
    private final OrderedStore store;
    private final Map<Long, Prepared> prepared = new HashMap<>(); // guarded by this
    private final Map<Slice, String> lockedBy = new HashMap<>(); // by key, which transaction; guarded by this

    /** A transaction that was prepared. Its monitor is taken before that of the participant. */
    private static final class Prepared {
        final WriteBatch batch;
        boolean finished; // guarded by this

        Prepared(WriteBatch batch) {
            this.batch = batch;
        }
    }

    /**
     * A participant with the transactions that are prepared in {@code store}. Their keys are locked.
     *
     * @throws IllegalArgumentException if a reserved entry is not a prepared transaction
     */
    public StoreParticipant(String name, OrderedStore store) {
        this.name = name;
        this.store = store;
        try (Cursor cursor = store.cursor(KeyRange.prefix(RESERVED))) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                long id = idOf(cursor.key());
                WriteBatch batch = BatchRecord.decode(cursor.value()).batch();
                prepared.put(id, new Prepared(batch));
                batch.operations().forEach(operation -> lockedBy.put(operation.key(), "transaction " + id));
            }
        }
    }

    /** The first key that users do not have. */
    public static Slice reservedFrom() {
        return RESERVED;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vote prepare(long transactionId, WriteBatch batch) {
        checkKeys(batch);
        if (batch.isEmpty()) {
            return Vote.readOnly();
        }
        WriteBatch own = copyOf(batch);
        synchronized (this) {
            if (prepared.containsKey(transactionId)) {
                throw new IllegalArgumentException("transaction " + transactionId + " is prepared already in " + name);
            }
            Optional<String> refusal = lock(own, "transaction " + transactionId);
            if (refusal.isPresent()) {
                return Vote.no(refusal.get());
            }
            prepared.put(transactionId, new Prepared(own));
        }
        Slice record = BatchRecord.encode(0, List.of(own), new ByteWriter(RECORD_BYTES));
        store.write(new WriteBatch().put(keyOf(transactionId), record), Durability.SYNCED);
        return Vote.yes();
    }

    @Override
    public void commit(long transactionId) {
        finish(transactionId, true);
    }

    @Override
    public void abort(long transactionId) {
        finish(transactionId, false);
    }

    private void finish(long transactionId, boolean commits) {
        Prepared found = find(transactionId);
        if (found == null) {
            return;
        }
        synchronized (
                found) { // a second thread waits, and must not apply the batch again: its keys may have changed by then
            if (found.finished) {
                return;
            }
            WriteBatch last = new WriteBatch().delete(keyOf(transactionId));
            if (commits) {
                append(found.batch, last);
            }
            store.write(last, commits ? Durability.SYNCED : Durability.BUFFERED);
            found.finished = true;
            synchronized (this) {
                prepared.remove(transactionId);
                unlock(found.batch);
            }
        }
    }

    @Override
    public Vote commitAlone(WriteBatch batch) {
        checkKeys(batch);
        if (batch.isEmpty()) {
            return Vote.readOnly();
        }
        WriteBatch own = copyOf(batch);
        synchronized (this) {
            Optional<String> refusal = lock(own, "a transaction of " + name + " alone");
            if (refusal.isPresent()) {
                return Vote.no(refusal.get());
            }
        }
        try {
            store.write(own, Durability.SYNCED);
        } finally {
            synchronized (this) {
                unlock(own);
            }
        }
        return Vote.yes();
    }

    @Override
    public synchronized Set<Long> inDoubt() {
        return new TreeSet<>(prepared.keySet());
    }

    private synchronized @Nullable Prepared find(long transactionId) {
        return prepared.get(transactionId);
    }

    /** Locks all keys, or none and says why. The caller has this participant's monitor. */
    private Optional<String> lock(WriteBatch batch, String owner) {
        for (WriteBatch.Operation operation : batch.operations()) {
            String other = lockedBy.get(operation.key());
            if (other != null) {
                return Optional.of("the key " + operation.key() + " is locked by " + other
                        + ", which is prepared and has neither committed nor aborted yet");
            }
        }
        batch.operations().forEach(operation -> lockedBy.put(operation.key(), owner));
        return Optional.empty();
    }

    private void unlock(WriteBatch batch) {
        batch.operations().forEach(operation -> lockedBy.remove(operation.key()));
    }

    private static void checkKeys(WriteBatch batch) {
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation.key().startsWith(RESERVED)) {
                throw new IllegalArgumentException("keys that begin with ff ff are reserved: " + operation.key());
            }
        }
    }

    private static WriteBatch copyOf(WriteBatch batch) {
        WriteBatch copy = new WriteBatch();
        append(batch, copy);
        return copy;
    }

    private static void append(WriteBatch from, WriteBatch to) {
        for (WriteBatch.Operation operation : from.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                to.put(put.key(), put.value());
            } else {
                to.delete(operation.key());
            }
        }
    }

    private static Slice keyOf(long transactionId) {
        ByteWriter key = new ByteWriter(RESERVED.length() + Long.BYTES);
        return key.putBytes(RESERVED)
                .putFixed64(Long.reverseBytes(transactionId))
                .toSlice();
    }

    private static long idOf(Slice key) {
        if (key.length() != RESERVED.length() + Long.BYTES) {
            throw new IllegalArgumentException("not the key of a prepared transaction: " + key);
        }
        return Long.reverseBytes(new ByteReader(key.subSlice(RESERVED.length(), key.length())).readFixed64());
    }
}
