package storagelab.hybrid;

import java.nio.file.Path;
import java.util.List;
import storagelab.api.EngineSnapshot;
import storagelab.api.StorageEngine;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.EngineType;
import storagelab.tier.TieredEngine;
import storagelab.tier.TieredType;
import storagelab.writeback.CachedEngine;
import storagelab.writeback.WriteBackCache;
import storagelab.writeback.WriteBackOptions;

/**
 * The engine of a {@link HybridStore}: an LSM tree and a B+tree as tiers, and a write-back cache in front of them. The LSM tree has the keys of a new store.
 *
 * @param cache options of the cache
 */
public record HybridEngine(WriteBackOptions cache) implements EngineType {
    /** The name of the type in files. */
    public static final String ID = "hybrid";

    private static final List<EngineType> TIERS = List.of(EngineKind.LSM, EngineKind.BTREE);

    @Override
    public String id() {
        return ID;
    }

    private CachedEngine cached() {
        return new CachedEngine(new TieredType(TIERS), cache);
    }

    @Override
    public StorageEngine open(Path directory, DurableOptions options) {
        return cached().open(directory, options);
    }

    @Override
    public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
        return cached().openReadOnly(directory, options);
    }

    @Override
    public boolean keepsVersions() {
        return cached().keepsVersions();
    }

    /** Where the tiers of the store in {@code directory} are. */
    static Path tiersIn(Path directory) {
        return directory.resolve(ID).resolve(new TieredType(TIERS).id());
    }

    /** The tiers of an engine that this type has opened. */
    static TieredEngine tiersOf(StorageEngine engine) {
        return (TieredEngine) ((WriteBackCache) engine).engine();
    }
}
