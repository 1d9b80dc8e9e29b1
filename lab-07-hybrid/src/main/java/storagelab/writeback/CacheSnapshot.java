package storagelab.writeback;

import java.util.List;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cursor.EntryCursor;
import storagelab.cursor.LiveEntries;
import storagelab.cursor.MergingCursor;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;

/**
 * What was dirty at one moment, over a snapshot of the engine that has nothing of a set that was sealed later. The active set of that moment is pinned until
 * this snapshot and all of its cursors are closed.
 */
final class CacheSnapshot implements EngineSnapshot {
    private final DirtyState dirty;
    private final EngineSnapshot engine;
    private final Runnable checkCacheOpen;
    private volatile boolean closed; // changed under this

    /** A snapshot, which closes that of the engine with itself, and then unpins. {@code checkCacheOpen} throws if the cache is closed. */
    CacheSnapshot(DirtyState pinned, EngineSnapshot engine, Runnable checkCacheOpen) {
        this.dirty = pinned;
        this.engine = engine;
        this.checkCacheOpen = checkCacheOpen;
    }

    private void checkUsable() {
        if (closed) {
            throw new IllegalStateException("the snapshot is closed");
        }
        checkCacheOpen.run();
    }

    @Override
    public long sequence() {
        return dirty.sequence();
    }

    @Override
    public Optional<Slice> get(Slice key) {
        checkUsable();
        DirtyVersion written = dirty.getPinned(key);
        checkUsable(); // it was not closed, and its versions dropped, meanwhile
        return written != null ? Optional.ofNullable(written.value()) : engine.get(key);
    }

    @Override
    public synchronized Cursor cursor(KeyRange range) {
        checkUsable();
        Cursor ofEngine = engine.cursor(range);
        dirty.active().pinAgain(); // the cursor may outlive the snapshot
        List<EntryCursor> newestFirst = List.of(
                dirty.active().cursor(dirty.sequence()),
                dirty.sealed().cursor(dirty.sequence()),
                new LiveEntries(ofEngine));
        Cursor merged = new RangeCursor(new MergingCursor(newestFirst), range);
        return new StoreCursor(merged, checkCacheOpen, () -> dirty.active().unpin());
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try (engine) {
                dirty.active().unpin();
            }
        }
    }
}
