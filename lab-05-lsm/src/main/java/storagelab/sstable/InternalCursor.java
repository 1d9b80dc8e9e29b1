package storagelab.sstable;

import java.io.Closeable;
import storagelab.api.Slice;

/**
 * A position in entries that are sorted by {@linkplain InternalKeyOrder internal keys}: in a block, a table, a
 * memtable, or many of them merged. The versions of one key of the user are entries of their own, the newest first.
 *
 * <p>What {@link #key} and {@link #value} return stays as it is when the cursor moves on. {@code next}, {@code prev},
 * {@code key} and {@code value} of a cursor that is at no entry throw {@link IllegalStateException}.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface InternalCursor extends Closeable {
    /** Whether the cursor is at an entry. */
    boolean isValid();

    /** Moves to the first entry; to none if there are none. */
    void seekToFirst();

    /** Moves to the last entry; to none if there are none. */
    void seekToLast();

    /** Moves to the first entry whose key is not before {@code internalKey}; to none if there is none. */
    void seek(Slice internalKey);

    /** Moves to the entry behind this one; to none if there is none. */
    void next();

    /** Moves to the entry before this one; to none if there is none. */
    void prev();

    /** The internal key of the entry. */
    Slice key();

    /** The value of the entry; of a deletion, no bytes. */
    Slice value();

    /** Releases what the cursor holds. Closing twice does nothing. */
    @Override
    void close();
}
