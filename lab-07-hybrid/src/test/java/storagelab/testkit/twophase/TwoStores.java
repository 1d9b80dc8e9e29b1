package storagelab.testkit.twophase;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.compaction.LeveledPicker;
import storagelab.kv.CrashSafeStore;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.twophase.CoordinatorLog;
import storagelab.twophase.InDoubtResolver;
import storagelab.twophase.Participant;
import storagelab.twophase.StoreParticipant;
import storagelab.twophase.TwoPhaseCoordinator;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;

/** A store over a B+tree, one over an LSM tree, and a coordinator with a log of its own, in one directory. */
public final class TwoStores implements AutoCloseable {
    /** So large that no test fills a file of the coordinator's log. */
    public static final long LARGE_FILE_BYTES = 1 << 20;

    private final CrashSafeStore tree;
    private final CrashSafeStore lsm;
    private final CoordinatorLog log;
    private final AwayParticipant prices;
    private final AwayParticipant orders;

    private TwoStores(CrashSafeStore tree, CrashSafeStore lsm, CoordinatorLog log) {
        this.tree = tree;
        this.lsm = lsm;
        this.log = log;
        this.prices = new AwayParticipant(new StoreParticipant("prices", tree));
        this.orders = new AwayParticipant(new StoreParticipant("orders", lsm));
    }

    /** Opens all three, and resolves nothing yet. */
    public static TwoStores open(Path directory, long fileBytesMax) {
        return new TwoStores(
                CrashSafeStore.open(directory.resolve("prices"), options(EngineKind.BTREE)),
                CrashSafeStore.open(directory.resolve("orders"), options(EngineKind.LSM)),
                CoordinatorLog.open(directory.resolve("coordinator"), fileBytesMax));
    }

    private static DurableOptions options(EngineKind engine) {
        return DurableOptions.defaults(engine)
                .withLog(new WalOptions(64_000, SegmentAccess.CHANNEL))
                .withBtree(BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10))
                .withLsm(LsmOptions.defaults()
                        .withMemtableBytes(64_000)
                        .withPicker(new LeveledPicker(2, 64_000, 3))
                        .withMaintenance(MaintenanceKind.FOREGROUND));
    }

    /** The participant over the B+tree. */
    public AwayParticipant prices() {
        return prices;
    }

    /** The participant over the LSM tree. */
    public AwayParticipant orders() {
        return orders;
    }

    /** The coordinator's log. */
    public CoordinatorLog log() {
        return log;
    }

    /** A coordinator. */
    public TwoPhaseCoordinator coordinator() {
        return new TwoPhaseCoordinator(log);
    }

    /** One round of a resolver; returns which participants are pending. */
    public Set<String> resolve() {
        return new InDoubtResolver(log).resolve(List.of(prices, orders));
    }

    /** What a transaction over both writes. */
    public Map<Participant, WriteBatch> work(WriteBatch toPrices, WriteBatch toOrders) {
        return Map.of(prices, toPrices, orders, toOrders);
    }

    /** All entries of users, of both stores. */
    public Map<String, String> content() {
        Map<String, String> content = new HashMap<>();
        read(tree, content);
        read(lsm, content);
        return content;
    }

    private static void read(CrashSafeStore store, Map<String, String> content) {
        try (Cursor cursor = store.cursor(KeyRange.of(Slice.EMPTY, StoreParticipant.reservedFrom()))) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                content.put(cursor.key().toUtf8(), cursor.value().toUtf8());
            }
        }
    }

    /** How many entries the participants have written for themselves and not deleted. */
    public int prepareRecords() {
        int records = 0;
        for (CrashSafeStore store : List.of(tree, lsm)) {
            try (Cursor cursor = store.cursor(KeyRange.from(StoreParticipant.reservedFrom()))) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    records++;
                }
            }
        }
        return records;
    }

    @Override
    public void close() {
        try (tree;
                lsm) {
            log.close();
        }
    }
}
