package storagelab.grader.hidden.lab02;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.sortedlog.Entry;
import storagelab.sortedlog.MapMemtable;
import storagelab.sortedlog.Memtable;

/** A memtable that lets a test have its way whenever entries are walked through, and counts those that are met. */
final class WatchedMemtable implements Memtable {
    /** What is seen of all memtables of one store. */
    static final class Watch {
        private final AtomicInteger entriesMet = new AtomicInteger();
        private volatile Runnable beforeEntries = () -> {};
        private volatile Runnable afterFirst = () -> {};

        /** How many entries were met, in whatever walks. */
        int entriesMet() {
            return entriesMet.get();
        }

        /** What happens once, when the next walk begins. */
        void beforeEntries(Runnable action) {
            beforeEntries = action;
        }

        /** What happens once, when the next walk has met its first entry. */
        void afterFirst(Runnable action) {
            afterFirst = action;
        }

        WatchedMemtable newMemtable() {
            return new WatchedMemtable(this);
        }

        private void begin() {
            Runnable action = beforeEntries;
            beforeEntries = () -> {};
            action.run();
        }

        private void met() {
            entriesMet.incrementAndGet();
            Runnable action = afterFirst;
            afterFirst = () -> {};
            action.run();
        }
    }

    private final Memtable entries = new MapMemtable();
    private final Watch watch;

    private WatchedMemtable(Watch watch) {
        this.watch = watch;
    }

    @Override
    public void put(Entry entry) {
        entries.put(entry);
    }

    @Override
    public Optional<Entry> get(Slice key) {
        return entries.get(key);
    }

    @Override
    public long sizeBytes() {
        return entries.sizeBytes();
    }

    @Override
    public int count() {
        return entries.count();
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public Iterator<Entry> entries(KeyRange range) {
        watch.begin();
        Iterator<Entry> inRange = entries.entries(range);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return inRange.hasNext();
            }

            @Override
            public Entry next() {
                Entry next = inRange.next();
                watch.met();
                return next;
            }
        };
    }
}
