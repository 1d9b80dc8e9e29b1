package storagelab.memtable;

import com.google.common.collect.AbstractIterator;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cursor.EntryCursor;
import storagelab.sortedlog.Memtable;

/**
 * A {@link SkipListMemtable} as a memtable of lab 1's store: it numbers the puts. The numbers go on from one memtable of a
 * store to the next, because they share a counter, so that one number says what was there at one moment.
 *
 * <p>Invariant: every entry with a sequence up to {@link #visibleSequence} is linked, and no entry with a greater one is
 * ever shown. The counter moves when the entry is in its place and not before: a reader that took the number first would
 * otherwise look for an entry that is not there yet, and see it appear later.
 *
 * <p>Concurrency: one thread at a time puts into the memtables of a store; any number of threads use the other methods.
 */
public final class VersionedMemtable implements Memtable {
    private final SkipListMemtable versions = new SkipListMemtable();
    private final AtomicLong lastSequence;
    private final AtomicInteger keys = new AtomicInteger();

    /**
     * A memtable without entries.
     *
     * @param lastSequence the number of the last put into any memtable of the store, at first 0
     */
    public VersionedMemtable(AtomicLong lastSequence) {
        this.lastSequence = lastSequence;
    }

    /** Every version, under the numbers of the puts. */
    public SkipListMemtable versions() {
        return versions;
    }

    /** The number of the last put that is complete: what a reader has to look for who wants to see the memtable as it is. */
    public long visibleSequence() {
        return lastSequence.get();
    }

    /** {@inheritDoc} To {@link #versions} the entry is added; what it replaces stays there. */
    @Override
    public void put(Entry entry) {
        long before = lastSequence.get();
        boolean isNew = versions.get(entry.key(), before).isEmpty();
        versions.add(before + 1, entry);
        lastSequence.set(before + 1);
        if (isNew) {
            keys.incrementAndGet();
        }
    }

    @Override
    public Optional<Entry> get(Slice key) {
        return versions.get(key, visibleSequence());
    }

    @Override
    public void freeze() {
        versions.freeze();
    }

    /** Memory that all versions take, those that were replaced included: it is not free before the memtable is. */
    @Override
    public long sizeBytes() {
        return versions.sizeBytes();
    }

    @Override
    public int count() {
        return keys.get();
    }

    @Override
    public boolean isEmpty() {
        return count() == 0;
    }

    @Override
    public Iterator<Entry> entries(KeyRange range) {
        EntryCursor cursor = versions.cursor(visibleSequence());
        cursor.seek(range.from());
        return new AbstractIterator<>() {
            private boolean started;

            @Override
            protected @Nullable Entry computeNext() {
                if (started) {
                    cursor.next();
                }
                started = true;
                if (!cursor.isValid() || !range.contains(cursor.key())) {
                    return endOfData();
                }
                return cursor.isTombstone() ? Entry.tombstone(cursor.key()) : Entry.value(cursor.key(), cursor.value());
            }
        };
    }
}
