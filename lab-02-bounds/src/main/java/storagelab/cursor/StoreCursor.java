package storagelab.cursor;

import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.api.StorageException;

/**
 * A cursor of a store, which gives back what it holds when it is closed, and throws {@link
 * storagelab.api.StoreClosedException} once its store is.
 *
 * <p>A store may be closed by another thread while this cursor reads a table. The read then fails in one way or another; who
 * asks gets to know the reason, and not that a channel is closed.
 */
public final class StoreCursor implements Cursor {
    private final Cursor entries;
    private final Runnable checkStoreOpen;
    private final Runnable release;
    private boolean closed;

    /**
     * A cursor where {@code entries} is.
     *
     * @param entries nobody else moves it from now on, and it is closed with this one
     * @param checkStoreOpen throws if the store is closed
     * @param release is run once, when the cursor is closed
     */
    public StoreCursor(Cursor entries, Runnable checkStoreOpen, Runnable release) {
        this.entries = entries;
        this.checkStoreOpen = checkStoreOpen;
        this.release = release;
    }

    @Override
    public boolean isValid() {
        checkOpen();
        return entries.isValid();
    }

    @Override
    public void seekToFirst() {
        move(entries::seekToFirst);
    }

    @Override
    public void seekToLast() {
        move(entries::seekToLast);
    }

    @Override
    public void seek(Slice key) {
        move(() -> entries.seek(key));
    }

    @Override
    public void seekBefore(Slice key) {
        move(() -> entries.seekBefore(key));
    }

    @Override
    public void next() {
        move(entries::next);
    }

    @Override
    public void prev() {
        move(entries::prev);
    }

    @Override
    public Slice key() {
        checkOpen();
        return entries.key();
    }

    @Override
    public Slice value() {
        checkOpen();
        return entries.value();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            entries.close();
        } finally {
            release.run();
        }
    }

    private void move(Runnable step) {
        checkOpen();
        try {
            step.run();
        } catch (StorageException e) {
            checkStoreOpen.run();
            throw e;
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
        checkStoreOpen.run();
    }
}
