package storagelab.lsm;

import java.util.List;
import java.util.Optional;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.api.WriteBatch;
import storagelab.compaction.TableOutput;
import storagelab.manifest.FileMetadata;
import storagelab.memtable.SkipListMemtable;
import storagelab.memtable.VersionCursor;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;

/**
 * The newest writes of a store, sorted: lab 3's memtable with versions, seen as internal keys. Nothing in it is ever
 * changed or taken out.
 *
 * <p>Concurrency: safe for many threads; readers wait for nobody.
 */
final class LsmMemtable {
    private final SkipListMemtable versions = new SkipListMemtable();
    private final MemtableFilter filter;
    private long lastSequence; // changed by the writer whose turn it is, and not any more when this is frozen

    /** A memtable without entries, which is full when it has so many bytes. */
    LsmMemtable(long fullBytes) {
        this.filter = new MemtableFilter(fullBytes);
    }

    /** Adds one operation, whose bytes are copied: they may be parts of something large. */
    void add(long sequence, WriteBatch.Operation operation) {
        filter.add(operation.key()); // before the entry, so that who may see that passes the filter
        versions.add(
                sequence,
                operation instanceof WriteBatch.Put put
                        ? Entry.value(put.key(), put.value())
                        : Entry.tombstone(operation.key()));
        lastSequence = sequence;
    }

    /** Adds the operations of a batch, the first of them at {@code sequence}; returns the sequence of the last one. */
    long addAll(long sequence, WriteBatch batch) {
        long next = sequence;
        for (WriteBatch.Operation operation : batch.operations()) {
            add(next++, operation);
        }
        return next - 1;
    }

    /** The sequence of the operation that was added last; 0 if none was. For the writer, and for others when it is full. */
    long lastSequence() {
        return lastSequence;
    }

    /** The newest version of a key that is not newer than {@code sequence}; a deletion is a tombstone. */
    Optional<Entry> get(Slice userKey, long sequence) {
        return filter.mayContain(userKey) ? versions.get(userKey, sequence) : Optional.empty();
    }

    /** Heap that its entries take. */
    long sizeBytes() {
        return versions.sizeBytes();
    }

    boolean isEmpty() {
        return versions.count() == 0;
    }

    /** Writes all entries as a table, which is on the disk when this returns. Nothing can be added any more. */
    List<FileMetadata> writeTo(TableOutput output) {
        versions.freeze();
        try {
            VersionCursor entries = versions.versions();
            for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                output.add(internalKey(entries), entries.value());
            }
            return output.finish();
        } catch (RuntimeException | Error e) {
            output.abandon();
            throw e;
        }
    }

    InternalCursor cursor() {
        return new MemtableCursor(versions.versions());
    }

    private static Slice internalKey(VersionCursor entry) {
        return InternalKey.of(
                entry.key(), entry.sequence(), entry.isTombstone() ? ValueKind.DELETION : ValueKind.VALUE);
    }

    /** A position in a memtable, with internal keys. */
    private static final class MemtableCursor implements InternalCursor {
        private final VersionCursor entries;

        MemtableCursor(VersionCursor entries) {
            this.entries = entries;
        }

        @Override
        public boolean isValid() {
            return entries.isValid();
        }

        @Override
        public void seekToFirst() {
            entries.seekToFirst();
        }

        @Override
        public void seekToLast() {
            entries.seekToLast();
        }

        @Override
        public void seek(Slice internalKey) {
            entries.seek(InternalKey.userKey(internalKey), InternalKey.sequence(internalKey));
        }

        @Override
        public void next() {
            entries.next();
        }

        @Override
        public void prev() {
            entries.prev();
        }

        @Override
        public Slice key() {
            return internalKey(entries);
        }

        @Override
        public Slice value() {
            return entries.value();
        }

        @Override
        public void close() {} // nothing is held
    }
}
