package storagelab.tier;

import java.nio.file.Path;
import java.util.List;
import storagelab.api.EngineSnapshot;
import storagelab.api.StorageEngine;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineType;

/**
 * A {@link TieredEngine} as a type of engine. Its tiers, or a {@link storagelab.writeback.CachedEngine} in front of it, have to mind the log.
 *
 * @param tiers the first one has the keys of a new store
 */
public record TieredType(List<EngineType> tiers) implements EngineType {
    /** Copies the list. */
    public TieredType {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("an engine without tiers");
        }
    }

    @Override
    public String id() {
        return "tiered";
    }

    @Override
    public StorageEngine open(Path directory, DurableOptions options) {
        return TieredEngine.open(directory, tiers, options);
    }

    @Override
    public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
        return TieredEngine.openReadOnly(directory, tiers, options);
    }

    /** {@inheritDoc} A snapshot has one of each tier, and pins what that pins. */
    @Override
    public boolean keepsVersions() {
        return tiers.stream().allMatch(EngineType::keepsVersions);
    }
}
