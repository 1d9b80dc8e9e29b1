package storagelab.mvcc;

import java.nio.ByteBuffer;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;

/**
 * The rejected way to keep versions over a B+tree, for a comparison: each is an entry of the tree, under its key and the
 * complement of its sequence, so that the newest comes first. Keys all have the same length; there are no cursors of views.
 *
 * <p>A write deletes the versions of its key that no view reads, but for those above the watermark.
 */
final class KeyedVersions implements VersionedEngine {
    private static final byte PUT = 'p';
    private static final byte DELETE = 'd';

    private final StorageEngine engine;
    private final Watermark watermark;
    private long physical; // sequence of the engine; used by the thread that publishes
    private volatile long visible;

    KeyedVersions(StorageEngine engine) {
        this.engine = engine;
        this.physical = engine.lastSequence();
        this.visible = physical;
        this.watermark = new Watermark(() -> visible);
    }

    private static Slice versioned(Slice key, long sequence) {
        byte[] bytes = key.toByteArray();
        return Slice.wrap(ByteBuffer.allocate(bytes.length + Long.BYTES)
                .put(bytes)
                .putLong(~sequence)
                .array());
    }

    @Override
    public EngineSnapshot view() {
        return new View(watermark.hold());
    }

    @Override
    public void publish(long sequence, WriteBatch batch) {
        WriteBatch versions = new WriteBatch();
        long next = sequence;
        long lowest = watermark.lowest();
        for (WriteBatch.Operation operation : batch.operations()) {
            Slice value = operation instanceof WriteBatch.Put put ? put.value() : Slice.EMPTY;
            byte[] marked = new byte[value.length() + 1];
            marked[0] = operation instanceof WriteBatch.Put ? PUT : DELETE;
            System.arraycopy(value.toByteArray(), 0, marked, 1, value.length());
            versions.put(versioned(operation.key(), next), Slice.wrap(marked));
            deleteUnread(operation.key(), lowest, versions);
            next++;
        }
        engine.apply(physical + 1, versions);
        physical += versions.operations().size();
        visible = next - 1;
    }

    private void deleteUnread(Slice key, long lowest, WriteBatch versions) {
        try (Cursor cursor = engine.cursor(KeyRange.prefix(key))) {
            cursor.seek(versioned(key, lowest)); // what the watermark reads; everything older goes
            if (cursor.isValid()) {
                for (cursor.next(); cursor.isValid(); cursor.next()) {
                    versions.delete(cursor.key());
                }
            }
        }
    }

    @Override
    public Watermark watermark() {
        return watermark;
    }

    /** {@inheritDoc} They are entries of the engine. */
    @Override
    public long versions() {
        return 0;
    }

    @Override
    public long versionBytes() {
        return 0;
    }

    private final class View implements EngineSnapshot {
        private final long sequence;

        private View(long sequence) {
            this.sequence = sequence;
        }

        @Override
        public long sequence() {
            return sequence;
        }

        @Override
        public Optional<Slice> get(Slice key) {
            try (Cursor cursor = engine.cursor(KeyRange.prefix(key))) {
                cursor.seek(versioned(key, sequence));
                if (!cursor.isValid() || cursor.value().toByteArray()[0] == DELETE) {
                    return Optional.empty();
                }
                byte[] marked = cursor.value().toByteArray();
                return Optional.of(Slice.copyOf(java.util.Arrays.copyOfRange(marked, 1, marked.length)));
            }
        }

        @Override
        public Cursor cursor(KeyRange range) {
            throw new UnsupportedOperationException("only gets are compared");
        }

        @Override
        public void close() {
            watermark.release(sequence);
        }
    }
}
