package storagelab.writeback;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.cursor.EntryCursor;

/**
 * A cursor over what a dirty set had at one sequence. It passes over keys that were written later.
 *
 * <p>Cost: a seek and {@code prev} O(log n); {@code next} O(1) for each entry it passes.
 */
final class DirtyCursor implements EntryCursor {
    private final NavigableMap<Slice, DirtySet.Entry> entries;
    private final long sequence;

    private @Nullable Iterator<DirtySet.Entry> ahead; // over what follows the current entry; null if it has to be made
    private @Nullable Slice key; // of the current entry
    private @Nullable DirtyVersion version; // of the current entry

    DirtyCursor(NavigableMap<Slice, DirtySet.Entry> entries, long sequence) {
        this.entries = entries;
        this.sequence = sequence;
    }

    private boolean isAt(DirtySet.Entry entry) {
        version = entry.newest().at(sequence);
        key = entry.key();
        return version != null;
    }

    private void forward(Iterator<DirtySet.Entry> following) {
        ahead = following;
        while (following.hasNext()) {
            if (isAt(following.next())) {
                return;
            }
        }
        close();
    }

    private void backward(Map.@Nullable Entry<Slice, DirtySet.Entry> last) {
        ahead = null;
        for (var entry = last; entry != null; entry = entries.lowerEntry(entry.getKey())) {
            if (isAt(entry.getValue())) {
                return;
            }
        }
        close();
    }

    private Slice current() {
        if (key == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return key;
    }

    @Override
    public boolean isValid() {
        return key != null;
    }

    @Override
    public void seekToFirst() {
        forward(entries.values().iterator());
    }

    @Override
    public void seekToLast() {
        backward(entries.lastEntry());
    }

    @Override
    public void seek(Slice wanted) {
        forward(entries.tailMap(wanted, true).values().iterator());
    }

    @Override
    public void seekBefore(Slice wanted) {
        backward(entries.lowerEntry(wanted));
    }

    @Override
    public void next() {
        Slice from = current();
        forward(ahead != null ? ahead : entries.tailMap(from, false).values().iterator());
    }

    @Override
    public void prev() {
        backward(entries.lowerEntry(current()));
    }

    @Override
    public Slice key() {
        return current();
    }

    @Override
    public boolean isTombstone() {
        return currentVersion().value() == null;
    }

    @Override
    public Slice value() {
        Slice value = currentVersion().value();
        return value == null ? Slice.EMPTY : value;
    }

    private DirtyVersion currentVersion() {
        if (version == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return version;
    }

    @Override
    public void close() {
        ahead = Collections.emptyIterator();
        key = null;
        version = null;
    }
}
