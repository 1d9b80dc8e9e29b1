package storagelab.testkit.writeback;

import java.nio.file.Path;
import storagelab.api.EngineSnapshot;
import storagelab.api.StorageEngine;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineType;

/**
 * The type of an engine that is there already: opening it gives that one.
 *
 * @param engine that is opened
 */
public record OneEngine(StorageEngine engine) implements EngineType {
    @Override
    public String id() {
        return "one";
    }

    @Override
    public StorageEngine open(Path directory, DurableOptions options) {
        return engine;
    }

    @Override
    public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
        return engine.snapshot();
    }

    @Override
    public boolean keepsVersions() {
        return false;
    }
}
