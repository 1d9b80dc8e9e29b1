package storagelab.kv;

import java.nio.file.Path;
import java.time.Instant;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.cursor.ForwardingCursor;

/**
 * A cursor over the values that are there at one moment; those that have expired do not exist for it.
 *
 * <p>Cost: a move passes over the expired values between two others.
 */
final class ExpiringCursor extends ForwardingCursor {
    private final Instant now;
    private final Path store;

    /** A cursor over {@code stored}, which no other caller moves from now on. */
    ExpiringCursor(Cursor stored, Instant now, Path store) {
        super(stored);
        this.now = now;
        this.store = store;
    }

    private boolean isExpired() {
        return ExpiringValue.expiryMillis(entries.value()) <= now.toEpochMilli();
    }

    private void passForward() {
        while (entries.isValid() && isExpired()) {
            entries.next();
        }
    }

    private void passBackward() {
        while (entries.isValid() && isExpired()) {
            entries.prev();
        }
    }

    @Override
    public void seekToFirst() {
        entries.seekToFirst();
        passForward();
    }

    @Override
    public void seekToLast() {
        entries.seekToLast();
        passBackward();
    }

    @Override
    public void seek(Slice key) {
        entries.seek(key);
        passForward();
    }

    @Override
    public void seekBefore(Slice key) {
        entries.seekBefore(key);
        passBackward();
    }

    @Override
    public void next() {
        entries.next();
        passForward();
    }

    @Override
    public void prev() {
        entries.prev();
        passBackward();
    }

    @Override
    public Slice value() {
        return ExpiringValue.decode(entries.value(), store).value();
    }
}
