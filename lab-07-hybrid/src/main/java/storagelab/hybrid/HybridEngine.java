package storagelab.hybrid;

import java.nio.file.Path;
import java.util.List;
import storagelab.api.EngineSnapshot;
import storagelab.api.StorageEngine;
import storagelab.lsm.LsmStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.EngineType;
import storagelab.tier.TieredEngine;
import storagelab.tier.TieredType;
import storagelab.writeback.CachedEngine;
import storagelab.writeback.WriteBackOptions;

/**
 * The engine of a {@link HybridStore}: an LSM tree and a B+tree as tiers of a {@link TieredEngine}, the B+tree with a write-back cache in front of it. The LSM tree has the
 * keys of a new store.
 *
 * <p>The LSM tree needs no such cache: its memtable is one. It is told to share the log ({@link LsmStore#shareLog}), since the other tier does, too.
 *
 * @param cache options of the cache
 */
public record HybridEngine(WriteBackOptions cache) implements EngineType {
    /** The name of the type in files. */
    public static final String ID = "hybrid";

    @Override
    public String id() {
        return ID;
    }

    private TieredType tiers() {
        return new TieredType(List.of(new SharingTree(), new CachedTree(new CachedEngine(EngineKind.BTREE, cache))));
    }

    @Override
    public StorageEngine open(Path directory, DurableOptions options) {
        return tiers().open(directory, options);
    }

    @Override
    public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
        return tiers().openReadOnly(directory, options);
    }

    @Override
    public boolean keepsVersions() {
        return tiers().keepsVersions();
    }

    /** Where the tiers of the store in {@code directory} are. */
    static Path tiersIn(Path directory) {
        return directory.resolve(ID);
    }

    /** The tiers of an engine that this type has opened. */
    static TieredEngine tiersOf(StorageEngine engine) {
        return (TieredEngine) engine;
    }

    /** An LSM tree behind a log that it shares. */
    private record SharingTree() implements EngineType {
        @Override
        public String id() {
            return EngineKind.LSM.id();
        }

        @Override
        public StorageEngine open(Path directory, DurableOptions options) {
            LsmStore tree = LsmStore.open(directory, options.lsm().withoutLog());
            tree.shareLog();
            return tree;
        }

        @Override
        public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
            return EngineKind.LSM.openReadOnly(directory, options);
        }

        @Override
        public boolean keepsVersions() {
            return EngineKind.LSM.keepsVersions();
        }
    }

    /** A B+tree with a cache in front of it, which has the name of the B+tree. */
    private record CachedTree(CachedEngine cached) implements EngineType {
        @Override
        public String id() {
            return EngineKind.BTREE.id();
        }

        @Override
        public StorageEngine open(Path directory, DurableOptions options) {
            return cached.open(directory, options);
        }

        @Override
        public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
            return cached.openReadOnly(directory, options);
        }

        @Override
        public boolean keepsVersions() {
            return cached.keepsVersions();
        }
    }
}
