package storagelab.kv;

import java.nio.file.Path;
import java.time.Instant;
import storagelab.api.Cursor;
import storagelab.api.Slice;

/**
 * A cursor over the values that are there at one moment; those that have expired do not exist for it.
 *
 * <p>Cost: a move passes over the expired values between two others.
 */
final class ExpiringCursor implements Cursor {
    private final Cursor stored;
    private final Instant now;
    private final Path store;

    /** A cursor over {@code stored}, which no other caller moves from now on. */
    ExpiringCursor(Cursor stored, Instant now, Path store) {
        this.stored = stored;
        this.now = now;
        this.store = store;
    }

    private boolean isExpired() {
        return ExpiringValue.expiryMillis(stored.value()) <= now.toEpochMilli();
    }

    private void passForward() {
        while (stored.isValid() && isExpired()) {
            stored.next();
        }
    }

    private void passBackward() {
        while (stored.isValid() && isExpired()) {
            stored.prev();
        }
    }

    @Override
    public boolean isValid() {
        return stored.isValid();
    }

    @Override
    public void seekToFirst() {
        stored.seekToFirst();
        passForward();
    }

    @Override
    public void seekToLast() {
        stored.seekToLast();
        passBackward();
    }

    @Override
    public void seek(Slice key) {
        stored.seek(key);
        passForward();
    }

    @Override
    public void seekBefore(Slice key) {
        stored.seekBefore(key);
        passBackward();
    }

    @Override
    public void next() {
        stored.next();
        passForward();
    }

    @Override
    public void prev() {
        stored.prev();
        passBackward();
    }

    @Override
    public Slice key() {
        return stored.key();
    }

    @Override
    public Slice value() {
        return ExpiringValue.decode(stored.value(), store).value();
    }

    @Override
    public void close() {
        stored.close();
    }
}
