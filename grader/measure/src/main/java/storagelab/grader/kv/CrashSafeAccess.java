package storagelab.grader.kv;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.SnapshotStore;
import storagelab.api.TransactionalStore;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.ExpiringStore;
import storagelab.lsm.LsmCheck;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.ReadOnlyStore;
import storagelab.recovery.StoreFormat;
import storagelab.recovery.StoredValues;

/** Lab 6's store, over either engine, with or without values that expire. */
final class CrashSafeAccess extends OpenStore {
    private final SnapshotStore entries;
    private final @Nullable CrashSafeStore stored; // null if the store is only read
    private final boolean isExpiring;

    private CrashSafeAccess(StoreKind kind, Path home, SnapshotStore entries) {
        super(kind, home, true);
        this.entries = entries;
        this.stored = null;
        this.isExpiring = !(entries instanceof ReadOnlyStore);
    }

    private CrashSafeAccess(StoreKind kind, Path home, SnapshotStore entries, CrashSafeStore stored) {
        super(kind, home, false);
        this.entries = entries;
        this.stored = stored;
        this.isExpiring = entries != stored;
    }

    static CrashSafeAccess openToRead(StoreKind kind, Path home) {
        DurableOptions options = options(kind, home);
        return new CrashSafeAccess(
                kind,
                home,
                options.values() == StoredValues.EXPIRING
                        ? ExpiringStore.openReadOnly(home, options, InstantSource.system())
                        : CrashSafeStore.openReadOnly(home, options));
    }

    static CrashSafeAccess openToWrite(StoreKind kind, Path home) {
        DurableOptions options = options(kind, home);
        if (options.values() == StoredValues.EXPIRING) {
            ExpiringStore store = ExpiringStore.open(home, options, InstantSource.system());
            return new CrashSafeAccess(kind, home, store, store.stored());
        }
        CrashSafeStore store = CrashSafeStore.open(home, options);
        return new CrashSafeAccess(kind, home, store, store);
    }

    private static DurableOptions options(StoreKind kind, Path home) {
        DurableOptions options = kind == StoreKind.LSM
                ? DurableOptions.defaults(EngineKind.LSM)
                : DurableOptions.defaults(EngineKind.BTREE).withBtree(PagesAccess.options(engine(kind, home)));
        return StoreFormat.read(home)
                .map(format -> options.withValues(format.values()))
                .orElse(options);
    }

    /** The directory of the engine. */
    private static Path engine(StoreKind kind, Path home) {
        return home.resolve(kind == StoreKind.LSM ? "lsm" : "btree");
    }

    /** Opening reads the log; the entries are in the pages or tables of the engine, and all of them are read. */
    static Verdict verify(StoreKind kind, Path home) {
        Verdict entries;
        try (CrashSafeAccess open = openToRead(kind, home)) {
            entries = EntryWalk.verify(open.entries());
        }
        if (kind == StoreKind.BTREE) {
            return entries;
        }
        LsmCheck.Report tables =
                LsmCheck.check(engine(kind, home), LsmOptions.defaults().withoutLog());
        List<String> findings = new ArrayList<>(entries.findings());
        findings.addAll(LsmAccess.findings(home, tables));
        Map<String, Object> numbers = new LinkedHashMap<>(entries.numbers());
        numbers.put("tables", tables.tables());
        numbers.put("findings", findings);
        return new Verdict(
                findings.isEmpty(),
                findings,
                "%s, %s".formatted(entries.read(), Counted.of(tables.tables(), "table")),
                numbers);
    }

    @Override
    SnapshotStore entries() {
        return entries;
    }

    @Override
    Optional<TransactionalStore> transactions() {
        return Optional.of(
                entries instanceof TransactionalStore transactional
                        ? transactional
                        : new ReadOnlyTransactions(entries));
    }

    @Override
    void checkpoint() {
        writable().checkpoint();
    }

    @Override
    List<String> compact(boolean isForLevelDb) {
        if (writable().engine() instanceof LsmStore lsm) {
            writable().checkpoint();
            lsm.compactAll();
            return List.of("Merged: " + lsm.version() + ".");
        }
        return super.compact(isForLevelDb);
    }

    @Override
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (kind() == StoreKind.BTREE) {
            lines.addAll(TreeMeta.lines(engine(kind(), home())));
        } else {
            withTables(lsm -> lines.add("tables: " + lsm.version()));
        }
        if (isExpiring) {
            lines.add("values may expire");
        }
        return lines;
    }

    @Override
    Map<String, Object> numbers() {
        Map<String, Object> all = new LinkedHashMap<>();
        if (kind() == StoreKind.BTREE) {
            all.putAll(TreeMeta.numbers(engine(kind(), home())));
        } else {
            withTables(lsm -> all.putAll(LsmAccess.tables(lsm)));
        }
        all.put("expiring", isExpiring);
        return all;
    }

    /** Looks at the LSM tree, which a store that is only read does not show. */
    private void withTables(Consumer<LsmStore> look) {
        if (stored != null && stored.engine() instanceof LsmStore lsm) {
            look.accept(lsm);
            return;
        }
        try (LsmStore lsm = LsmStore.openReadOnly(
                engine(kind(), home()), LsmOptions.defaults().withoutLog())) {
            look.accept(lsm);
        }
    }

    private CrashSafeStore writable() {
        CrashSafeStore store = stored;
        if (store == null) {
            throw new AssertionError("a write to a store that is open for reading");
        }
        return store;
    }
}
