package storagelab.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;
import storagelab.lsm.VisibleCursor;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalMergingCursor;

/** An {@link ArchiveState} whose objects are not deleted before this, and each of its cursors, is closed. */
final class ArchiveSnapshot implements EngineSnapshot {
    /** Keeps objects from being deleted. */
    interface Pins {
        /** Keeps the objects of this index once more; it is kept already. */
        void pin(ArchiveIndex index);

        /** Ends one {@link #pin}. */
        void unpin(ArchiveIndex index);

        /** Throws if the archive is closed. */
        void checkOpen();
    }

    private final ArchiveState state;
    private final ObjectTables tables;
    private final Pins pins;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A snapshot of {@code state}, whose index is pinned for it. */
    ArchiveSnapshot(ArchiveState state, ObjectTables tables, Pins pins) {
        this.state = state;
        this.tables = tables;
        this.pins = pins;
    }

    @Override
    public long sequence() {
        return state.sequence();
    }

    @Override
    public Optional<Slice> get(Slice key) {
        checkUsable();
        Optional<Slice> written = state.get(key);
        return written != null ? written : getFromObjects(key);
    }

    /** The value that the newest object with an entry of the key has for it. */
    private Optional<Slice> getFromObjects(Slice key) {
        for (ArchiveObject object : state.index().covering(key)) {
            Optional<Entry> found = tables.open(object).get(key, InternalKey.MAX_SEQUENCE);
            if (found.isPresent()) {
                return found.filter(entry -> !entry.tombstone()).map(Entry::value);
            }
        }
        return Optional.empty();
    }

    @Override
    public Cursor cursor(KeyRange range) {
        checkUsable();
        pins.pin(state.index());
        Cursor visible = new VisibleCursor(entries(range), InternalKey.MAX_SEQUENCE);
        return new StoreCursor(new RangeCursor(visible, range), pins::checkOpen, () -> pins.unpin(state.index()));
    }

    /** All entries that may be in a range, those that were replaced or deleted included. Objects without any are not asked. */
    private InternalCursor entries(KeyRange range) {
        ArchiveIndex index = state.index().within(range);
        List<InternalCursor> sources = new ArrayList<>();
        sources.add(state.active().cursor(InternalKey.MAX_SEQUENCE));
        sources.add(state.sealed().cursor(state.sealedSequence()));
        index.recent().forEach(one -> sources.add(tables.cursor(List.of(one))));
        sources.add(tables.cursor(index.base()));
        return new InternalMergingCursor(sources);
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            pins.unpin(state.index());
        }
    }

    private void checkUsable() {
        if (closed.get()) {
            throw new IllegalStateException("the snapshot is closed");
        }
        pins.checkOpen();
    }
}
