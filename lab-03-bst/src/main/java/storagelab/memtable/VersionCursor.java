package storagelab.memtable;

import storagelab.api.Slice;

/**
 * A position among all versions of all keys of a memtable: by key, ascending; the versions of one key the newest first.
 * Tombstones are versions like others. It may be used while entries are added; one that is added later may show.
 *
 * <p>Errors: what is asked of an entry is an {@link IllegalStateException} if the cursor is at none.
 *
 * <p>Concurrency: one thread.
 */
public interface VersionCursor {
    /** Whether the cursor is at an entry. */
    boolean isValid();

    /** Moves to the first entry; to none if there are no entries. */
    void seekToFirst();

    /** Moves to the last entry; to none if there are no entries. */
    void seekToLast();

    /** Moves to the newest version of {@code key} that is not newer than {@code sequence}; behind it if there is none. */
    void seek(Slice key, long sequence);

    /** Moves to the next entry; to none from the last one. */
    void next();

    /** Moves to the entry before; to none from the first one. */
    void prev();

    /** The key of the entry. */
    Slice key();

    /** The sequence that the entry was added under. */
    long sequence();

    /** The value of the entry; empty for a tombstone. */
    Slice value();

    /** Whether the entry is a tombstone. */
    boolean isTombstone();
}
