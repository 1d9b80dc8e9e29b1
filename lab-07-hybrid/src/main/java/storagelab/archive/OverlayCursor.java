package storagelab.archive;

import java.util.Optional;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;
import storagelab.tree.TreeCursor;

/** A position in an {@link Overlay}, whose entries all have one sequence. */
final class OverlayCursor implements InternalCursor {
    private final TreeCursor<Slice, Optional<Slice>> writes;
    private final long sequence;

    OverlayCursor(TreeCursor<Slice, Optional<Slice>> writes, long sequence) {
        this.writes = writes;
        this.sequence = sequence;
    }

    @Override
    public boolean isValid() {
        return writes.isValid();
    }

    @Override
    public void seekToFirst() {
        writes.seekToFirst();
    }

    @Override
    public void seekToLast() {
        writes.seekToLast();
    }

    @Override
    public void seek(Slice internalKey) {
        writes.seek(InternalKey.userKey(internalKey));
        if (isValid() && InternalKeyOrder.ORDER.compare(key(), internalKey) < 0) {
            next(); // the entry of this key is newer than what is looked for
        }
    }

    @Override
    public void next() {
        writes.next();
    }

    @Override
    public void prev() {
        writes.prev();
    }

    @Override
    public Slice key() {
        ValueKind kind = writes.value().isPresent() ? ValueKind.VALUE : ValueKind.DELETION;
        return InternalKey.of(writes.key(), sequence, kind);
    }

    @Override
    public Slice value() {
        return writes.value().orElse(Slice.EMPTY);
    }

    @Override
    public void close() {}
}
