package storagelab.grader.hidden.lab02;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.cursor.EntryCursor;

/**
 * A source of a merge that counts what is done to it, fails on cue, and keeps its entries in whatever order it is told.
 */
final class WatchedSource implements EntryCursor {
    private static final int NONE = -1;

    private final List<Entry> entries;
    private final Comparator<Slice> order;
    private int position = NONE;
    private int failAt = NONE;
    private long steps;
    private long seeks;
    private int closes;
    private long values;
    private @Nullable StorageIoException closeFailure;

    /** Entries that ascend by {@code order}. */
    WatchedSource(List<Entry> sorted, Comparator<Slice> order) {
        this.entries = List.copyOf(sorted);
        this.order = order;
    }

    WatchedSource(List<Entry> sorted) {
        this(sorted, Comparator.naturalOrder());
    }

    /** From now on, arriving at the entry with that index throws a {@link StorageIoException}. */
    void failAt(int index) {
        failAt = index;
    }

    /** From now on nothing fails. */
    void heal() {
        failAt = NONE;
    }

    void failOnClose() {
        closeFailure = new StorageIoException("a source that cannot be closed", new IOException("on cue"));
    }

    /** Calls of {@code next} and {@code prev}. */
    long steps() {
        return steps;
    }

    /** Calls of the four kinds of seek. */
    long seeks() {
        return seeks;
    }

    int closes() {
        return closes;
    }

    /** Calls of {@code value}. */
    long values() {
        return values;
    }

    /** What {@code close} throws, after {@link #failOnClose}. */
    StorageIoException closeFailure() {
        return Objects.requireNonNull(closeFailure);
    }

    @Override
    public boolean isValid() {
        return position != NONE;
    }

    @Override
    public void seekToFirst() {
        seeks++;
        moveTo(0);
    }

    @Override
    public void seekToLast() {
        seeks++;
        moveTo(entries.size() - 1);
    }

    @Override
    public void seek(Slice key) {
        seeks++;
        moveTo(countLessThan(key));
    }

    @Override
    public void seekBefore(Slice key) {
        seeks++;
        moveTo(countLessThan(key) - 1);
    }

    @Override
    public void next() {
        steps++;
        moveTo(here() + 1);
    }

    @Override
    public void prev() {
        steps++;
        moveTo(here() - 1);
    }

    @Override
    public Slice key() {
        return entries.get(here()).key();
    }

    @Override
    public Slice value() {
        values++;
        return entries.get(here()).value();
    }

    @Override
    public boolean isTombstone() {
        return entries.get(here()).tombstone();
    }

    @Override
    public void close() {
        closes++;
        if (closeFailure != null) {
            throw closeFailure;
        }
    }

    private int here() {
        if (position == NONE) {
            throw new IllegalStateException("next, prev, key, value or isTombstone of a source that is at no entry");
        }
        return position;
    }

    private void moveTo(int index) {
        position = NONE;
        if (index >= 0 && index < entries.size()) {
            if (index == failAt) {
                throw new StorageIoException(
                        "entry " + index + " of a source cannot be read", new IOException("on cue"));
            }
            position = index;
        }
    }

    private int countLessThan(Slice key) {
        int count = 0;
        while (count < entries.size() && order.compare(entries.get(count).key(), key) < 0) {
            count++;
        }
        return count;
    }
}
