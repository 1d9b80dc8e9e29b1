package storagelab.hybrid;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.course.ExercisePart;
import storagelab.cursor.ForwardingCursor;
import storagelab.workload.AccessTracker;

/**
 * Tells a tracker and a sample what a store is asked for. What a transaction reads and writes counts when it does so, whether it commits or not.
 *
 * <p>Concurrency: as what is watched.
 */
final class LoadWatch {
    private final AccessTracker tracker;
    private final KeySample sample;

    /** A watch that tells {@code tracker} every request, and {@code sample} its key. */
    LoadWatch(AccessTracker tracker, KeySample sample) {
        this.tracker = tracker;
        this.sample = sample;
    }

    /**
     * A get of {@code key} that found {@code value}: the sample is told the key, and the tracker a hit with the bytes of the value, or a miss if there is none.
     *
     * @return {@code value}
     */
    @ExercisePart("7.11")
    Optional<Slice> got(Slice key, Optional<Slice> value) {
        sample.requested(key);
        if (value.isPresent()) {
            tracker.hit(key, value.get().length());
        } else {
            tracker.miss(key);
        }
        return value;
    }

    /**
     * A batch that was written: for each of its operations, the sample is told the key, and the tracker a put with the bytes of the value, or a delete. A key that is
     * in the batch twice counts twice.
     */
    @ExercisePart("7.11")
    void wrote(WriteBatch batch) {
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                put(put.key(), put.value());
            } else {
                delete(operation.key());
            }
        }
    }

    private void put(Slice key, Slice value) {
        sample.requested(key);
        tracker.put(key, value.length());
    }

    private void delete(Slice key) {
        sample.requested(key);
        tracker.delete(key);
    }

    /** A cursor whose scans are counted, each in the ranges that it goes through. */
    Cursor watched(Cursor cursor) {
        return new WatchedCursor(cursor);
    }

    /** A snapshot whose reads are counted. */
    EngineSnapshot watched(EngineSnapshot snapshot) {
        return new WatchedSnapshot(snapshot);
    }

    /** A transaction whose reads and writes are counted. */
    Transaction watched(Transaction transaction) {
        return new WatchedTransaction(transaction);
    }

    private final class WatchedSnapshot implements EngineSnapshot {
        private final EngineSnapshot snapshot;

        WatchedSnapshot(EngineSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public long sequence() {
            return snapshot.sequence();
        }

        @Override
        public Optional<Slice> get(Slice key) {
            return got(key, snapshot.get(key));
        }

        @Override
        public Cursor cursor(KeyRange range) {
            return watched(snapshot.cursor(range));
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }

    private final class WatchedTransaction implements Transaction {
        private final Transaction transaction;

        WatchedTransaction(Transaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public Optional<Slice> get(Slice key) {
            return got(key, transaction.get(key));
        }

        @Override
        public void put(Slice key, Slice value) {
            transaction.put(key, value);
            LoadWatch.this.put(key, value);
        }

        @Override
        public void delete(Slice key) {
            transaction.delete(key);
            LoadWatch.this.delete(key);
        }

        @Override
        public Cursor cursor(KeyRange range) {
            return watched(transaction.cursor(range));
        }

        @Override
        public Savepoint savepoint() {
            return transaction.savepoint();
        }

        @Override
        public void rollbackTo(Savepoint savepoint) {
            transaction.rollbackTo(savepoint);
        }

        @Override
        public void commit(Durability durability) {
            transaction.commit(durability);
        }

        @Override
        public void rollback() {
            transaction.rollback();
        }

        @Override
        public void close() {
            transaction.close();
        }
    }

    /**
     * Counts what passes. A scan begins with each seek, and ends with the next one, or when the cursor is closed. It may go through several ranges of the tracker; each of them
     * is told its part. A seek that finds no entry counts nothing.
     */
    private final class WatchedCursor extends ForwardingCursor {
        private @Nullable KeyRange range; // of the tracker, in which the scan is; null if no part has begun
        private Slice from = Slice.EMPTY; // the first key of the part
        private int passed; // entries of the part
        private long valueBytes; // of these entries

        WatchedCursor(Cursor cursor) {
            super(cursor);
        }

        @Override
        public void seekToFirst() {
            tell();
            super.seekToFirst();
            arrived();
        }

        @Override
        public void seekToLast() {
            tell();
            super.seekToLast();
            arrived();
        }

        @Override
        public void seek(Slice key) {
            tell();
            super.seek(key);
            arrived();
        }

        @Override
        public void seekBefore(Slice key) {
            tell();
            super.seekBefore(key);
            arrived();
        }

        @Override
        public void next() {
            super.next();
            arrived();
        }

        @Override
        public void prev() {
            super.prev();
            arrived();
        }

        @Override
        public void close() {
            tell();
            super.close();
        }

        /**
         * The cursor has moved. If it is at an entry, the entry belongs to the part of the scan that has begun, if its key is in the same range of the tracker. If it is not,
         * {@link #tell} the part before, and begin another one with this key: {@link AccessTracker#rangeOf} knows its range, and the sample is told the key. Then count the entry and
         * the bytes of its value.
         *
         * <p>Example: the tracker has the ranges up to m, and from m on. A cursor seeks to k, with a value of 5 bytes, and goes on to l (5), m (7), n (7), and to the end. Then
         * it is closed. The range up to m has one scan more, of 2 entries with 10 bytes, and the range from m on has one of 2 entries with 14 bytes.
         */
        @ExercisePart("7.11")
        private void arrived() {
            if (!isValid()) {
                return;
            }
            Slice key = key();
            if (range == null || !range.contains(key)) {
                tell();
                range = tracker.rangeOf(key).range();
                from = key;
                sample.requested(key);
            }
            passed++;
            valueBytes += value().length();
        }

        /** Tells the tracker the part of the scan that has begun ({@link AccessTracker#scan}), if there is one. After it, none has begun. */
        @ExercisePart("7.11")
        private void tell() {
            if (range != null) {
                tracker.scan(from, passed, valueBytes);
            }
            range = null;
            passed = 0;
            valueBytes = 0;
        }
    }
}
