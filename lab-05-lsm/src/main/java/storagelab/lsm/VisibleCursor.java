package storagelab.lsm;

import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.course.ExercisePart;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;

/**
 * What a user sees of internal entries as of one sequence: of each key the newest entry that is not newer than the
 * sequence, if that is not a deletion.
 *
 * <p>Example, with † for deletions: the entries are {@code a@9, a@5, b@6†, b@2, c@8, d@7, d@1}, and the cursor is of sequence
 * 7.
 *
 * <pre>{@code
 * seekToFirst()     a, the value of a@5    a@9 is too new
 * next()            d, the value of d@7    b was deleted at 6, which hides b@2; c came at 8
 * prev()            a                      the same way back
 * seek("b")         d
 * seekBefore("d")   a
 * seekToLast()      d, the value of d@7    and not of d@1, which comes first going backward
 * }</pre>
 *
 * <p>Keys and values are those of the entries; nothing is copied. A key that is shown is one of the user, without a
 * sequence.
 *
 * <p>Going forward, the first entry of a key that is not too new decides. Going backward the versions of a key come the
 * oldest first, and the last one that is not too new decides: one knows which that is only when the entries have been left
 * that belong to the key. So then the cursor shows one key, and the entries are before it; and whoever turns round has to
 * bring them back.
 *
 * <p>Cost: a move calls {@code next}, {@code prev} or one of the seeks of the entries <b>at most 32 times for each key that
 * it leaves, passes over or comes to</b>, however many versions these keys have: a key that is written a million times
 * between two flushes has a million. Going from one key to the next that has no other versions beside it is one call, in
 * either direction. A seek is as dear as some ten steps: going on in one direction over keys with up to three versions makes
 * none.
 *
 * <p>A method of a closed cursor, and {@code next}, {@code prev}, {@code key} and {@code value} of one that is at no key,
 * throw {@link IllegalStateException}. Closing closes the entries, once.
 *
 * <p>Concurrency: one thread.
 */
@ExercisePart("5.15")
public final class VisibleCursor implements Cursor {
    /**
     * A key that is written again and again has many versions: after so many steps over them it is cheaper to look for
     * the end.
     */
    private static final int STEPS_BEFORE_SEEK = 8;

    private final InternalCursor entries;
    private final long sequence;
    private @Nullable Slice key; // of the user; null if the cursor is at none
    private Slice value = Slice.EMPTY;
    private boolean behind; // whether entries stands before the key that is shown, and not at it
    private boolean closed;

    /**
     * A cursor at no key.
     *
     * @param entries in order, wherever they are; nobody else moves them from now on
     * @param sequence that is read at
     */
    public VisibleCursor(InternalCursor entries, long sequence) {
        this.entries = entries;
        this.sequence = sequence;
    }

    @Override
    public boolean isValid() {
        checkOpen();
        return key != null;
    }

    @Override
    public void seekToFirst() {
        checkOpen();
        entries.seekToFirst();
        forward(null);
    }

    @Override
    public void seekToLast() {
        checkOpen();
        entries.seekToLast();
        backward();
    }

    @Override
    public void seek(Slice wanted) {
        checkOpen();
        entries.seek(InternalKey.seekKey(wanted, sequence));
        forward(null);
    }

    @Override
    public void seekBefore(Slice wanted) {
        checkOpen();
        entries.seek(InternalKey.seekKey(wanted, InternalKey.MAX_SEQUENCE));
        if (entries.isValid()) {
            entries.prev();
        } else {
            entries.seekToLast();
        }
        backward();
    }

    @Override
    public void next() {
        Slice passed = current();
        if (behind) {
            entries.seek(InternalKey.seekKey(passed, sequence));
        }
        forward(passed);
    }

    @Override
    public void prev() {
        Slice passed = current();
        if (!behind) { // at the entry that is shown; there may be newer ones of the key before it
            entries.seek(InternalKey.seekKey(passed, InternalKey.MAX_SEQUENCE));
            entries.prev();
        }
        backward();
    }

    @Override
    public Slice key() {
        return current();
    }

    @Override
    public Slice value() {
        current();
        return value;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            key = null;
            entries.close();
        }
    }

    /** From where entries stands, to the first key that shows; {@code passed} and all its versions do not. */
    private void forward(@Nullable Slice passed) {
        Slice hidden = passed;
        behind = false;
        int steps = 0; // over entries that do not show
        while (entries.isValid()) {
            Slice entry = entries.key();
            Slice user = InternalKey.userKey(entry);
            boolean isTooNew = InternalKey.sequence(entry) > sequence;
            if (!isTooNew && !user.equals(hidden)) {
                if (InternalKey.kind(entry) == ValueKind.VALUE) {
                    key = user;
                    value = entries.value();
                    return;
                }
                hidden = user;
            }
            if (++steps % STEPS_BEFORE_SEEK != 0) {
                entries.next();
            } else {
                entries.seek(
                        isTooNew ? InternalKey.seekKey(user, sequence) : InternalKey.of(user, 0, ValueKind.DELETION));
            }
        }
        key = null;
    }

    /** From where entries stands, which is at the oldest version of a key, back to the first key that shows. */
    private void backward() {
        key = null;
        behind = true;
        while (entries.isValid() && key == null) {
            passBack(InternalKey.userKey(entries.key()));
        }
    }

    /** Moves entries from the oldest version of a key to before the newest; if the key shows, this is then at it. */
    private void passBack(Slice user) {
        boolean shows = false;
        for (int steps = 0; isAt(user); steps++) {
            if (steps == STEPS_BEFORE_SEEK) {
                entries.seek(InternalKey.seekKey(user, sequence));
                shows = isAt(user) && shows();
                entries.seek(InternalKey.seekKey(user, InternalKey.MAX_SEQUENCE));
            } else if (InternalKey.sequence(entries.key()) <= sequence) {
                shows = shows();
            }
            entries.prev();
        }
        key = shows ? user : null;
    }

    private boolean isAt(Slice user) {
        return entries.isValid() && InternalKey.userKey(entries.key()).equals(user);
    }

    /** Whether the entry is a value, which is remembered. */
    private boolean shows() {
        boolean isValue = InternalKey.kind(entries.key()) == ValueKind.VALUE;
        value = isValue ? entries.value() : Slice.EMPTY;
        return isValue;
    }

    private Slice current() {
        checkOpen();
        if (key == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return key;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }
}
