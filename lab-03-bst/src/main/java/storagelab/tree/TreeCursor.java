package storagelab.tree;

/**
 * A position in a tree, which can be moved in both directions: {@link storagelab.api.Cursor} for keys and values of any
 * type.
 *
 * <p>A cursor is either at an entry ({@link #isValid}) or at none. A new cursor is at none until one of the four {@code
 * seek} methods positions it; moving beyond the last entry or before the first leaves it at none again, and a further
 * {@code seek} brings it back.
 *
 * <p>Errors: {@code next}, {@code prev}, {@code key} and {@code value} of a cursor that is at none throw {@link
 * IllegalStateException}.
 *
 * <p>Concurrency: one thread at a time.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public interface TreeCursor<K, V> {
    /** Whether the cursor is at an entry. */
    boolean isValid();

    /** Moves to the entry with the smallest key; to none if there are no entries. */
    void seekToFirst();

    /** Moves to the entry with the greatest key; to none if there are no entries. */
    void seekToLast();

    /** Moves to the first entry whose key is not less than {@code key}; to none if there is none. */
    void seek(K key);

    /** Moves to the last entry whose key is less than {@code key}; to none if there is none. */
    void seekBefore(K key);

    /** Moves to the entry with the next greater key; to none if there is none. */
    void next();

    /** Moves to the entry with the next smaller key; to none if there is none. */
    void prev();

    /** The key of the entry. */
    K key();

    /** The value of the entry. */
    V value();
}
