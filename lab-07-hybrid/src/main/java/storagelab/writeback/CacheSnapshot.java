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

/** What was dirty at one moment, over a snapshot of the engine that has nothing of a set that was sealed later. */
final class CacheSnapshot implements EngineSnapshot {
    private final DirtyState dirty;
    private final EngineSnapshot engine;
    private final Runnable checkCacheOpen;
    private volatile boolean closed;

    /** A snapshot, which closes that of the engine with itself. {@code checkCacheOpen} throws if the cache is closed. */
    CacheSnapshot(DirtyState dirty, EngineSnapshot engine, Runnable checkCacheOpen) {
        this.dirty = dirty;
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
        Optional<Slice> written = dirty.get(key);
        return written != null ? written : engine.get(key);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        checkUsable();
        List<EntryCursor> newestFirst =
                List.of(dirty.active().cursor(), dirty.sealed().cursor(), new LiveEntries(engine.cursor(range)));
        Cursor merged = new RangeCursor(new MergingCursor(newestFirst), range);
        return new StoreCursor(merged, checkCacheOpen, () -> {});
    }

    @Override
    public void close() {
        closed = true;
        engine.close();
    }
}
