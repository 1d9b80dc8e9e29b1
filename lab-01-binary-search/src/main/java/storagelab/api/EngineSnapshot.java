package storagelab.api;

import java.util.Optional;

/** A snapshot of a {@link StorageEngine}: it has every operation up to a sequence, and none after it. */
public interface EngineSnapshot extends Snapshot {
    /** The sequence of the last operation that it has; 0 if it has none. */
    long sequence();

    /** {@code snapshot}, which was taken when the last operation had {@code sequence}. */
    static EngineSnapshot of(Snapshot snapshot, long sequence) {
        return new EngineSnapshot() {
            @Override
            public long sequence() {
                return sequence;
            }

            @Override
            public Optional<Slice> get(Slice key) {
                return snapshot.get(key);
            }

            @Override
            public Cursor cursor(KeyRange range) {
                return snapshot.cursor(range);
            }

            @Override
            public void close() {
                snapshot.close();
            }
        };
    }
}
