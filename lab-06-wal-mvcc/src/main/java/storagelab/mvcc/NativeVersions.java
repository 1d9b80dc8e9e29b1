package storagelab.mvcc;

import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;

/** An engine that keeps versions itself, such as an LSM tree: a view is one of its snapshots. */
public final class NativeVersions implements VersionedEngine {
    private final StorageEngine engine;
    private final Watermark watermark;

    /** The versions of {@code engine}. */
    public NativeVersions(StorageEngine engine) {
        this.engine = engine;
        this.watermark = new Watermark(engine::lastSequence);
    }

    @Override
    public EngineSnapshot view() {
        long held = watermark.hold(); // first: the snapshot has this sequence or a later one
        try {
            return new View(engine.snapshot(), held);
        } catch (RuntimeException | Error e) {
            watermark.release(held);
            throw e;
        }
    }

    @Override
    public void publish(long sequence, WriteBatch batch) {
        engine.apply(sequence, batch);
    }

    @Override
    public Watermark watermark() {
        return watermark;
    }

    /** {@inheritDoc} The engine does not count them. */
    @Override
    public long versions() {
        return 0;
    }

    @Override
    public long versionBytes() {
        return 0;
    }

    private final class View implements EngineSnapshot {
        private final EngineSnapshot snapshot;
        private final long held;
        private boolean closed; // guarded by this

        private View(EngineSnapshot snapshot, long held) {
            this.snapshot = snapshot;
            this.held = held;
        }

        @Override
        public long sequence() {
            return snapshot.sequence();
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
        public synchronized void close() {
            if (!closed) {
                closed = true;
                snapshot.close();
                watermark.release(held);
            }
        }
    }
}
