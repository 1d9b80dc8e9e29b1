package storagelab.testkit.tier;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
 * A tier that tells a test what it is about to do, before it does it: {@code "btree: put a=1, delete b"} or {@code "btree: checkpoint"}. What the test throws
 * then, the tier throws.
 *
 * @param type of the engine
 * @param listener is told each write and each checkpoint; writes of nothing are left out
 */
public record WatchedTier(EngineType type, Consumer<String> listener) implements EngineType {
    @Override
    public String id() {
        return type.id();
    }

    @Override
    public StorageEngine open(Path directory, DurableOptions options) {
        return new Watched(id(), type.open(directory, options), listener);
    }

    @Override
    public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
        return type.openReadOnly(directory, options);
    }

    @Override
    public boolean keepsVersions() {
        return type.keepsVersions();
    }

    private record Watched(String id, StorageEngine engine, Consumer<String> listener) implements StorageEngine {
        private void tell(WriteBatch batch) {
            if (!batch.operations().isEmpty()) {
                listener.accept(batch.operations().stream()
                        .map(operation -> operation instanceof WriteBatch.Put put
                                ? "put " + put.key() + "=" + put.value()
                                : "delete " + operation.key())
                        .collect(Collectors.joining(", ", id + ": ", "")));
            }
        }

        @Override
        public void write(WriteBatch batch, Durability durability) {
            tell(batch);
            engine.write(batch, durability);
        }

        @Override
        public void apply(long sequence, WriteBatch batch) {
            tell(batch);
            engine.apply(sequence, batch);
        }

        @Override
        public void checkpoint() {
            listener.accept(id + ": checkpoint");
            engine.checkpoint();
        }

        @Override
        public void check(WriteBatch batch) {
            engine.check(batch);
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
