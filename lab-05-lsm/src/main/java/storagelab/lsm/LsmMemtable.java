package storagelab.lsm;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.compaction.TableOutput;
import storagelab.manifest.FileMetadata;
import storagelab.skiplist.ConcurrentSkipList;
import storagelab.sortedlog.Entry;
import storagelab.table.InternalCursor;
import storagelab.table.InternalKey;
import storagelab.table.InternalKeyOrder;
import storagelab.table.ValueKind;

/**
 * The newest writes of a store, sorted: lab 3's skip list, with internal keys. Nothing in it is ever changed or taken
 * out.
 *
 * <p>Concurrency: safe for many threads; readers wait for nobody.
 */
final class LsmMemtable {
    /** What a node of the list, its slices and their arrays take besides the bytes of key and value. */
    private static final int ENTRY_BYTES = 160;

    private final ConcurrentSkipList<Slice, Slice> entries = new ConcurrentSkipList<>(InternalKeyOrder.ORDER);
    private final AtomicLong sizeBytes = new AtomicLong();

    /** Adds one operation. The slices are copied: they may be parts of something large. */
    void add(long sequence, WriteBatch.Operation operation) {
        boolean puts = operation instanceof WriteBatch.Put;
        Slice value =
                operation instanceof WriteBatch.Put put ? Slice.wrap(put.value().toByteArray()) : Slice.EMPTY;
        Slice key = InternalKey.of(operation.key(), sequence, puts ? ValueKind.VALUE : ValueKind.DELETION);
        if (entries.putIfAbsent(key, value) != null) {
            throw new IllegalStateException(InternalKey.toString(key) + " is there already");
        }
        sizeBytes.addAndGet(key.length() + value.length() + (long) ENTRY_BYTES);
    }

    /** The newest version of a key that is not newer than {@code sequence}; a deletion is a tombstone. */
    Optional<Entry> get(Slice userKey, long sequence) {
        Map.Entry<Slice, Slice> found = entries.ceiling(InternalKey.seekKey(userKey, sequence));
        if (found == null || !InternalKey.userKey(found.getKey()).equals(userKey)) {
            return Optional.empty();
        }
        return Optional.of(
                InternalKey.kind(found.getKey()) == ValueKind.DELETION
                        ? Entry.tombstone(userKey)
                        : Entry.value(userKey, found.getValue()));
    }

    /** Heap that it takes, roughly. */
    long sizeBytes() {
        return sizeBytes.get();
    }

    boolean isEmpty() {
        return entries.size() == 0;
    }

    /** Writes all entries as a table, which is on the disk when this returns. */
    List<FileMetadata> writeTo(TableOutput output) {
        try {
            for (Iterator<Map.Entry<Slice, Slice>> all = entries.entries(); all.hasNext(); ) {
                Map.Entry<Slice, Slice> entry = all.next();
                output.add(entry.getKey(), entry.getValue());
            }
            return output.finish();
        } catch (RuntimeException | Error e) {
            output.abandon();
            throw e;
        }
    }

    InternalCursor cursor() {
        return new ListCursor(entries);
    }

    /** A position in a skip list: a step back is a search, since nodes know only what follows them. */
    private static final class ListCursor implements InternalCursor {
        private final ConcurrentSkipList<Slice, Slice> list;
        private Map.@Nullable Entry<Slice, Slice> entry;

        ListCursor(ConcurrentSkipList<Slice, Slice> list) {
            this.list = list;
        }

        @Override
        public boolean isValid() {
            return entry != null;
        }

        @Override
        public void seekToFirst() {
            entry = list.first();
        }

        @Override
        public void seekToLast() {
            entry = list.last();
        }

        @Override
        public void seek(Slice internalKey) {
            entry = list.ceiling(internalKey);
        }

        @Override
        public void next() {
            entry = list.higher(key());
        }

        @Override
        public void prev() {
            entry = list.lower(key());
        }

        @Override
        public Slice key() {
            return current().getKey();
        }

        @Override
        public Slice value() {
            return current().getValue();
        }

        @Override
        public void close() {
            entry = null;
        }

        private Map.Entry<Slice, Slice> current() {
            if (entry == null) {
                throw new IllegalStateException("the cursor is at no entry");
            }
            return entry;
        }
    }
}
