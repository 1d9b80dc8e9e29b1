package storagelab.grader.kv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.Metric;
import storagelab.api.OrderedStore;
import storagelab.api.StorageEngine;
import storagelab.api.TransactionalStore;
import storagelab.btree.BTreeStore;
import storagelab.kv.CrashSafeStore;
import storagelab.lsm.LsmStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/** Lab 6's store, over either engine. */
final class CrashSafeAccess extends OpenStore {
    private final CrashSafeStore store;

    private CrashSafeAccess(StoreKind kind, Path home, CrashSafeStore store) {
        super(kind, home, false);
        this.store = store;
    }

    static CrashSafeAccess openToRead(StoreKind kind, Path home) {
        return openToWrite(kind, home);
    }

    static CrashSafeAccess openToWrite(StoreKind kind, Path home) {
        return new CrashSafeAccess(kind, home, CrashSafeStore.open(home, options(kind, home)));
    }

    private static DurableOptions options(StoreKind kind, Path home) {
        return kind == StoreKind.LSM
                ? DurableOptions.defaults(EngineKind.LSM)
                : DurableOptions.defaults(EngineKind.BTREE).withBtree(PagesAccess.options(home.resolve("btree")));
    }

    static Verdict verify(StoreKind kind, Path home) {
        try (CrashSafeStore store = CrashSafeStore.open(home, options(kind, home))) {
            return verdict(store.engine());
        }
    }

    private static Verdict verdict(StorageEngine engine) {
        if (engine instanceof BTreeStore tree) {
            return PagesAccess.verdict(tree);
        }
        LsmStore lsm = (LsmStore) engine;
        Map<String, Object> numbers = new LinkedHashMap<>();
        int tables = lsm.version().files().size();
        numbers.put("tables", tables);
        try {
            lsm.verify();
            numbers.put("findings", List.of());
            return new Verdict(true, List.of(), "%,d tables".formatted(tables), numbers);
        } catch (CorruptionException | AssertionError e) {
            String finding = "Damaged: " + e.getMessage() + ".";
            numbers.put("findings", List.of(finding));
            return new Verdict(false, List.of(finding), "the tables before it", numbers);
        }
    }

    @Override
    OrderedStore entries() {
        return store;
    }

    @Override
    Optional<TransactionalStore> transactions() {
        return Optional.of(store);
    }

    @Override
    void checkpoint() {
        store.checkpoint();
    }

    @Override
    List<String> compact(boolean isForLevelDb) {
        if (store.engine() instanceof LsmStore lsm) {
            store.checkpoint();
            lsm.compactAll();
            return List.of("Merged: " + lsm.version() + ".");
        }
        return super.compact(isForLevelDb);
    }

    @Override
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (store.engine() instanceof BTreeStore tree) {
            lines.addAll(PagesAccess.lines(tree));
        } else if (store.engine() instanceof LsmStore lsm) {
            lines.add("tables: " + lsm.version());
            lines.add("in memory: %,d bytes".formatted(store.stats().get(Metric.MEMTABLE_BYTES)));
        }
        lines.add("operations replayed from the log on opening: %,d".formatted(store.replayedOperations()));
        return lines;
    }

    @Override
    Map<String, Object> numbers() {
        Map<String, Object> all = new LinkedHashMap<>();
        if (store.engine() instanceof BTreeStore tree) {
            all.putAll(PagesAccess.numbers(tree));
        } else if (store.engine() instanceof LsmStore lsm) {
            all.putAll(LsmAccess.tables(lsm));
            all.put("memoryBytes", store.stats().get(Metric.MEMTABLE_BYTES));
        }
        all.put("replayedOperations", store.replayedOperations());
        return all;
    }
}
