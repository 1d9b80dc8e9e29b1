package storagelab.grader.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;
import storagelab.cost.Calibration;
import storagelab.cost.HardwareProfile;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.hybrid.RouterOptions;
import storagelab.hybrid.WriteBackCosts;
import storagelab.recovery.DurableOptions;
import storagelab.tier.MigratorOptions;
import storagelab.writeback.WriteBackOptions;

/**
 * The store of lab 7, by the costs of this machine, and with a router for loads that last seconds. Of the cache, three eighths are those of the LSM tree, a quarter is that of the B+tree, and
 * three eighths are those of the write-back cache. The memtable is as large as that of an LSM tree alone, which has it besides its cache, too.
 */
public final class HybridStoreEngine extends StoreEngine<HybridStore> {
    private static final int EIGHTHS = 8;
    private static final long SEED = 7;
    private static @Nullable HardwareProfile machine; // measured once in a JVM

    @Override
    HybridStore openStore(Path directory, EngineSettings settings) {
        long eighth = settings.cacheBytes() / EIGHTHS;
        WriteBackOptions cache = WriteBackOptions.defaults().withDirtyBytesMax(3 * eighth);
        storagelab.cost.EngineSettings none =
                storagelab.cost.EngineSettings.defaults().withMemtableBytes(1);
        storagelab.cost.EngineSettings tree = none.withMemoryBytes(2 * eighth);
        storagelab.cost.EngineSettings tables =
                none.withMemoryBytes(3 * eighth + settings.memtableBytes()).withMemtableBytes(settings.memtableBytes());
        DurableOptions store = DurableOptions.defaults(new HybridEngine(cache));
        HybridOptions options = HybridOptions.defaults();
        return HybridStore.open(
                directory,
                options.withStore(store.withBtree(store.btree().withPoolBytes(2 * eighth))
                                .withLsm(LsmEngine.sized(store.lsm(), settings).withCacheBytes(3 * eighth)))
                        .withCosts(new WriteBackCosts(machine(directory), tree, tables, cache))
                        .withTracker(options.tracker().withHalfLife(Duration.ofMillis(125)))
                        .withRouter(RouterOptions.defaults()
                                .withPeriod(Duration.ofMillis(500))
                                .withHorizon(Duration.ofMinutes(5)))
                        .withMigrator(MigratorOptions.defaults().withBytesPerSecond(Long.MAX_VALUE))
                        .withRoundEvery(Duration.ofMillis(250)));
    }

    private static synchronized HardwareProfile machine(Path directory) {
        HardwareProfile found = machine;
        if (found == null) {
            try {
                Path place = Files.createTempDirectory(directory.getParent(), "calibration");
                found = Calibration.measure(place, System::nanoTime, SEED);
                PathUtils.deleteDirectory(place);
            } catch (IOException e) {
                throw new UncheckedIOException("measuring this machine", e);
            }
            machine = found;
        }
        return found;
    }

    @Override
    void checkpoint(HybridStore store) {
        store.checkpoint();
    }
}
