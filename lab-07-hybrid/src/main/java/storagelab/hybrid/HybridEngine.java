package storagelab.hybrid;

import java.nio.file.Path;
import java.util.List;
import storagelab.adaptive.AdaptiveCompaction;
import storagelab.adaptive.AdaptiveOptions;
import storagelab.adaptive.TreeShape;
import storagelab.api.EngineSnapshot;
import storagelab.api.StorageEngine;
import storagelab.lsm.LsmOptions;
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
 * <p>The LSM tree needs no such cache: its memtable is one. It is told to share the log ({@link LsmStore#shareLog}), since the other tier does, too. Unless the options choose a
 * picker, its shape follows its load ({@link AdaptiveCompaction}, {@link ShapeWatch}). It is lazy leveled whenever the store is opened: no merge has to come first, whatever shape
 * it had before.
 *
 * @param cache options of the cache
 */
public record HybridEngine(WriteBackOptions cache) implements EngineType {
    /** The name of the type in files. */
    public static final String ID = "hybrid";

    private static final int MARGIN_PERCENT = 5;
    private static final int SLOWDOWN_FACTOR = 4; // times the tables of a merge: they wait while a long one is running
    private static final int STOP_FACTOR = 12;

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

    /** Options of the LSM tree. */
    private static LsmOptions tables(DurableOptions options) {
        LsmOptions tables = options.lsm().withoutLog();
        if (tables.choosesPicker()) {
            return tables;
        }
        AdaptiveOptions shapes = AdaptiveOptions.defaults()
                .withBytes(tables.memtableBytes(), tables.table().blockBytes())
                .withHysteresis(MARGIN_PERCENT, 0); // a store that is only read makes no merges
        return tables.withPicker(new AdaptiveCompaction(shapes, TreeShape.LAZY_LEVELED))
                .withStallTables(SLOWDOWN_FACTOR * shapes.factor(), STOP_FACTOR * shapes.factor());
    }

    /** An LSM tree behind a log that it shares. */
    private record SharingTree() implements EngineType {
        @Override
        public String id() {
            return EngineKind.LSM.id();
        }

        @Override
        public StorageEngine open(Path directory, DurableOptions options) {
            LsmStore tree = LsmStore.open(directory, tables(options));
            tree.shareLog();
            return tree;
        }

        @Override
        public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
            return EngineKind.LSM.openReadOnly(directory, options.withLsm(tables(options)));
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
