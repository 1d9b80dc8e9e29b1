package storagelab.cursor;

import java.util.List;
import storagelab.api.Slice;

/** A cursor over nothing that notes when it is closed. */
final class CloseWatch implements EntryCursor {
    private final List<String> notes;

    CloseWatch(List<String> notes) {
        this.notes = notes;
    }

    @Override
    public boolean isValid() {
        return false;
    }

    @Override
    public void seekToFirst() {}

    @Override
    public void seekToLast() {}

    @Override
    public void seek(Slice key) {}

    @Override
    public void seekBefore(Slice key) {}

    @Override
    public void next() {
        throw new IllegalStateException("at no entry");
    }

    @Override
    public void prev() {
        throw new IllegalStateException("at no entry");
    }

    @Override
    public Slice key() {
        throw new IllegalStateException("at no entry");
    }

    @Override
    public Slice value() {
        throw new IllegalStateException("at no entry");
    }

    @Override
    public boolean isTombstone() {
        throw new IllegalStateException("at no entry");
    }

    @Override
    public void close() {
        notes.add("closed");
    }
}
