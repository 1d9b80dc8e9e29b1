package storagelab.hybrid.toy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyValueStore;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;
import storagelab.testkit.hybrid.RecordedEngine;

/** The toy over two engines in memory: it keeps what one thread is promised that does not lose power. */
@Tag("7.1")
class SimpleHybridEngineContractTest extends KeyValueStoreContract implements DurableStoreContract {
    private final Map<Path, RecordedEngine> engines = new HashMap<>();

    @Override
    public KeyValueStore open(Path directory) {
        return new SimpleHybridEngine(
                engine(directory.resolve("hot")), engine(directory.resolve("cold")), new Thresholds(2, 5));
    }

    @Test
    @DisplayName("random operations have the results that a sorted map has, also after restarts")
    void agreesWithAMap() {
        StoreModel.defaults()
                .check(StoreSubject.of("the hybrid toy", this::newDirectory, this::open)
                        .reopening());
    }

    /** A new engine, or the one that was there before, after a restart. */
    private KeyValueStore engine(Path directory) {
        RecordedEngine before = engines.get(directory);
        RecordedEngine engine =
                before == null ? new RecordedEngine(directory.toString(), new ArrayList<>()) : before.reopened();
        engines.put(directory, engine);
        return engine;
    }
}
