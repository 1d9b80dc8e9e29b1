package storagelab.tier.experiment;

import java.nio.file.Path;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineType;

/**
 * A tier that says what it is told.
 *
 * @param type of the engine
 * @param listener learns of each write that is not empty, and of each checkpoint
 */
record MeteredTier(EngineType type, Listener listener) implements EngineType {
    /** Learns what a tier does. */
    interface Listener {
        /** A tier is about to write {@code batch}, or to make a checkpoint if it is empty. */
        void before(String tier, WriteBatch batch);

        /** A tier has written {@code batch}. */
        void wrote(String tier, WriteBatch batch);
    }

    @Override
    public String id() {
        return type.id();
    }

    @Override
    public StorageEngine open(Path directory, DurableOptions options) {
        return new Metered(id(), type.open(directory, options), listener);
    }

    @Override
    public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
        return type.openReadOnly(directory, options);
    }

    @Override
    public boolean keepsVersions() {
        return type.keepsVersions();
    }

    private record Metered(String id, StorageEngine engine, Listener listener) implements StorageEngine {
        private void tell(WriteBatch batch, Runnable write) {
            if (batch.operations().isEmpty()) {
                write.run();
                return;
            }
            listener.before(id, batch);
            write.run();
            listener.wrote(id, batch);
        }

        @Override
        public void write(WriteBatch batch, Durability durability) {
            tell(batch, () -> engine.write(batch, durability));
        }

        @Override
        public void apply(long sequence, WriteBatch batch) {
            tell(batch, () -> engine.apply(sequence, batch));
        }

        @Override
        public void checkpoint() {
            listener.before(id, new WriteBatch());
            engine.checkpoint();
        }

        @Override
        public void check(WriteBatch batch) {
            engine.check(batch);
        }

        @Override
        public void useLog(Runnable syncLog) {
            engine.useLog(syncLog);
        }

        @Override
        public long lastSequence() {
            return engine.lastSequence();
        }

        @Override
        public long durableSequence() {
            return engine.durableSequence();
        }

        @Override
        public EngineSnapshot snapshot() {
            return engine.snapshot();
        }

        @Override
        public Cursor cursor(KeyRange range) {
            return engine.cursor(range);
        }

        @Override
        public Optional<Slice> get(Slice key) {
            return engine.get(key);
        }

        @Override
        public StoreStats stats() {
            return engine.stats();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
