package storagelab.api;

/**
 * A position in an ordered set of entries, which can be moved in both directions.
 *
 * <p>A cursor is either at an entry ({@link #isValid}) or at none. A new cursor is at none until it is positioned by one of
 * the four {@code seek} methods; moving beyond the last entry or before the first leaves it at none again, and a further
 * {@code seek} brings it back.
 *
 * <p>Example, over the entries {@code b=1, d=2, f=3}: after {@code seek("c")} it is at d; {@code next()} moves it to f,
 * {@code next()} to none; {@code seekBefore("d")} moves it to b, because d itself is not before d; {@code seekBefore("b")}
 * to none.
 *
 * <p>What a cursor shows is one state for its whole life: what is written after it was made is not in it.
 *
 * <p>Errors: {@code next}, {@code prev}, {@code key} and {@code value} of a cursor that is at none, and every method but
 * {@code close} of a closed one, throw {@link IllegalStateException}.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface Cursor extends AutoCloseable {
    /** Whether the cursor is at an entry. */
    boolean isValid();

    /** Moves to the entry with the smallest key; to none if there are no entries. */
    void seekToFirst();

    /** Moves to the entry with the largest key; to none if there are no entries. */
    void seekToLast();

    /** Moves to the first entry whose key is not less than {@code key}; to none if there is none. */
    void seek(Slice key);

    /** Moves to the last entry whose key is less than {@code key}; to none if there is none. */
    void seekBefore(Slice key);

    /** Moves to the entry with the next greater key; to none if there is none. */
    void next();

    /** Moves to the entry with the next smaller key; to none if there is none. */
    void prev();

    /** The key of the entry. It stays as it is when the cursor moves on. */
    Slice key();

    /** The value of the entry. It stays as it is when the cursor moves on. */
    Slice value();

    /** Releases what the cursor holds. Closing twice does nothing. */
    @Override
    void close();
}
