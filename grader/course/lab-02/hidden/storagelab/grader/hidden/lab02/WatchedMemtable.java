package storagelab.grader.hidden.lab02;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.testkit.ForwardingMemtable;

/** A memtable that lets a test have its way whenever entries are walked through, and counts those that are met. */
final class WatchedMemtable extends ForwardingMemtable {
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

    private final Watch watch;

    private WatchedMemtable(Watch watch) {
        this.watch = watch;
    }

    @Override
    public Iterator<Entry> entries(KeyRange range) {
        watch.begin();
        Iterator<Entry> inRange = super.entries(range);
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
