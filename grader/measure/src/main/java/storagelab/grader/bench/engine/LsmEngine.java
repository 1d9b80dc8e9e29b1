package storagelab.grader.bench.engine;

import java.nio.file.Path;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.sstable.Compression;

/** The LSM tree of lab 5, with its default options but the sizes. */
public class LsmEngine extends StoreEngine<LsmStore> {
    private static final long TABLE_BYTES = 8 << 20;

    /** Changes what the store would do by itself. */
    LsmOptions tune(LsmOptions options) {
        return options;
    }

    @Override
    final LsmStore openStore(Path directory, EngineSettings settings) {
        return LsmStore.open(directory, tune(sized(LsmOptions.defaults(), settings)));
    }

    /** With the sizes that every tree of this kind gets. */
    static LsmOptions sized(LsmOptions options, EngineSettings settings) {
        return options.withMemtableBytes(settings.memtableBytes())
                .withTableBytes(TABLE_BYTES)
                .withCacheBytes(settings.cacheBytes());
    }

    /** Everything in tables, and every merge done that is due. */
    @Override
    final void checkpoint(LsmStore store) {
        store.flush();
    }

    /** With blocks compressed by Snappy. */
    public static final class Snappy extends LsmEngine {
        @Override
        LsmOptions tune(LsmOptions options) {
            return options.withTable(options.table().withCompression(Compression.SNAPPY));
        }
    }

    /** With blocks compressed by Zstandard. */
    public static final class Zstd extends LsmEngine {
        @Override
        LsmOptions tune(LsmOptions options) {
            return options.withTable(options.table().withCompression(Compression.ZSTD));
        }
    }

    /** With a system call for each record of a log and each block that is read. */
    public static final class Channels extends LsmEngine {
        @Override
        LsmOptions tune(LsmOptions options) {
            return options.withFileAccess(FileAccess.CHANNEL);
        }
    }
}
