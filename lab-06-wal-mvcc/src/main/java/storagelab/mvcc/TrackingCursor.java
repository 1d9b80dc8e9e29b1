package storagelab.mvcc;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.cursor.ForwardingCursor;

/**
 * A cursor that tells which part of its range was read: from where a seek looked, over every gap, to where the cursor
 * came. A key that another transaction adds in that part would have been seen.
 *
 * <p>Example, over the keys b, d and f in the range from a to z: after {@code seek(c)}, which finds d, c to d was read;
 * after {@code next()}, c to f; after another one, which finds none, c to z.
 */
public final class TrackingCursor extends ForwardingCursor {
    private final KeyRange range;
    private final Consumer<KeyRange> read;
    private @Nullable Slice last; // key at which the cursor was

    /** A cursor that is {@code entries}, over {@code range}, and tells {@code read}. */
    public TrackingCursor(Cursor entries, KeyRange range, Consumer<KeyRange> read) {
        super(entries);
        this.range = range;
        this.read = read;
    }

    @Override
    public void seekToFirst() {
        entries.seekToFirst();
        readForward(range.from());
    }

    @Override
    public void seekToLast() {
        entries.seekToLast();
        readBackward(range.to());
    }

    @Override
    public void seek(Slice key) {
        entries.seek(key);
        readForward(key.compareTo(range.from()) < 0 ? range.from() : key);
    }

    @Override
    public void seekBefore(Slice key) {
        entries.seekBefore(key);
        Slice to = range.to();
        readBackward(to != null && to.compareTo(key) < 0 ? to : key);
    }

    @Override
    public void next() {
        Slice from = last;
        entries.next();
        readForward(from == null ? range.from() : from);
    }

    @Override
    public void prev() {
        Slice to = last;
        entries.prev();
        readBackward(to);
    }

    /**
     * The entries went forward from {@code from}, which is where a seek looked or the entry that was left: tells which
     * keys were read, and sets {@link #last} to the key at which the cursor is now. Read are all keys from {@code from},
     * included, to the entry that was found, included, those that have no entry among them; if none was found, to the end
     * of the range. Nothing is told if that is no key at all.
     */
    @ExercisePart("6.9")
    private void readForward(Slice from) {
        last = entries.isValid() ? entries.key() : null;
        Slice to = last == null ? range.to() : after(last);
        if (to == null || from.compareTo(to) < 0) {
            read.accept(new KeyRange(from, to));
        }
    }

    /**
     * As {@link #readForward}, backward: read are all keys from the entry that was found, included, or from the beginning
     * of the range if none was, up to {@code to}, not included; null stands for the end of a range that has none.
     */
    @ExercisePart("6.9")
    private void readBackward(@Nullable Slice to) {
        last = entries.isValid() ? entries.key() : null;
        Slice from = last == null ? range.from() : last;
        if (to == null || from.compareTo(to) < 0) {
            read.accept(new KeyRange(from, to));
        }
    }

    /** The smallest key that is greater than {@code key}. */
    private static Slice after(Slice key) {
        byte[] bytes = new byte[key.length() + 1];
        System.arraycopy(key.toByteArray(), 0, bytes, 0, key.length());
        return Slice.wrap(bytes);
    }
}
