package storagelab.writeback;

import java.nio.file.Path;
import storagelab.api.EngineSnapshot;
import storagelab.api.StorageEngine;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineType;

/**
 * Another engine with a {@link WriteBackCache} in front of it. A store behind lab 6's log is opened with it as with any engine.
 *
 * @param engine that the cache writes to
 * @param options of the cache
 */
public record CachedEngine(EngineType engine, WriteBackOptions options) implements EngineType {
    @Override
    public String id() {
        return "cached-" + engine.id();
    }

    @Override
    public StorageEngine open(Path directory, DurableOptions durable) {
        return new WriteBackCache(CheckpointedEngine.open(directory, engine, durable), options);
    }

    @Override
    public EngineSnapshot openReadOnly(Path directory, DurableOptions durable) {
        return CheckpointedEngine.openReadOnly(directory, engine, durable);
    }

    @Override
    public boolean keepsVersions() {
        return engine.keepsVersions();
    }
}
