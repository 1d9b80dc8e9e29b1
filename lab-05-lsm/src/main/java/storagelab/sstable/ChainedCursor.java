package storagelab.sstable;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * A position in a chain of sorted parts, of which each has greater keys than the one before: the data blocks of a table, or the
 * tables of a level. A part is opened when the cursor comes to it, and not before.
 *
 * <p>Cost: a seek opens one part, and the next one if what it looks for is behind the last entry of that; a step opens a part when
 * it comes to its end.
 *
 * <p>Concurrency: one thread.
 */
public final class ChainedCursor implements InternalCursor {
    /** The parts of a chain. */
    public interface Chain {
        /** How many there are. */
        int count();

        /** The first part whose entries are not all before {@code internalKey}; {@link #count} if there is none. */
        int find(Slice internalKey);

        /** A cursor over the entries of a part. */
        InternalCursor open(int index);
    }

    private final Chain chain;
    private int part;
    private @Nullable InternalCursor entries; // of the part

    /** A cursor at no entry. */
    public ChainedCursor(Chain chain) {
        this.chain = chain;
    }

    @Override
    public boolean isValid() {
        return entries != null && entries.isValid();
    }

    @Override
    public void seekToFirst() {
        to(0);
        if (entries != null) {
            entries.seekToFirst();
        }
        forward();
    }

    @Override
    public void seekToLast() {
        to(chain.count() - 1);
        if (entries != null) {
            entries.seekToLast();
        }
        backward();
    }

    @Override
    public void seek(Slice internalKey) {
        to(chain.find(internalKey));
        if (entries != null) {
            entries.seek(internalKey);
        }
        forward(); // the bound of a part may be greater than every key in it
    }

    @Override
    public void next() {
        current().next();
        forward();
    }

    @Override
    public void prev() {
        current().prev();
        backward();
    }

    @Override
    public Slice key() {
        return current().key();
    }

    @Override
    public Slice value() {
        return current().value();
    }

    @Override
    public void close() {
        entries = null;
    }

    private InternalCursor current() {
        if (entries == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return entries;
    }

    private void to(int index) {
        if (index != part || entries == null) {
            part = index;
            entries = index < 0 || index >= chain.count() ? null : chain.open(index);
        }
    }

    private void forward() {
        while (entries != null && !entries.isValid()) {
            to(part + 1);
            if (entries != null) {
                entries.seekToFirst();
            }
        }
    }

    private void backward() {
        while (entries != null && !entries.isValid()) {
            to(part - 1);
            if (entries != null) {
                entries.seekToLast();
            }
        }
    }
}
