package storagelab.grader.bench.lab07;

import java.util.Map;
import java.util.Set;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.twophase.CoordinatorLog;
import storagelab.twophase.StoreParticipant;
import storagelab.twophase.TwoPhaseCoordinator;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;

/** Two stores over B+trees with logs of their own, and a coordinator, on a disk in memory. */
final class TwoStores implements AutoCloseable {
    private static final DurableOptions OPTIONS = DurableOptions.defaults(EngineKind.BTREE)
            .withLog(new WalOptions(1 << 20, SegmentAccess.CHANNEL))
            .withBtree(BTreeOptions.defaults().withPoolBytes(4 << 20));

    private final CrashDisk disk = CrashDisk.create();
    private final CrashSafeStore stock = CrashSafeStore.open(disk.root().resolve("stock"), OPTIONS);
    private final CrashSafeStore orders = CrashSafeStore.open(disk.root().resolve("orders"), OPTIONS);
    private final StoreParticipant stockroom = new StoreParticipant("stock", stock);
    private final StoreParticipant counter = new StoreParticipant("orders", orders);
    private final CoordinatorLog log = CoordinatorLog.open(disk.root().resolve("coordinator"), 1 << 20);
    private final TwoPhaseCoordinator coordinator = new TwoPhaseCoordinator(log);

    /** Commits batches to the stock and to the orders. */
    Set<String> commit(WriteBatch toStock, WriteBatch toOrders) {
        return coordinator.commit(Map.of(stockroom, toStock, counter, toOrders));
    }

    /** Commits to the orders alone. */
    Set<String> commitOrder(WriteBatch batch) {
        return coordinator.commit(Map.of(counter, batch));
    }

    /** The number in the value of a key of the stock, plus that of a key of the orders. */
    long sum(Slice inStock, Slice inOrders) {
        return stock.get(inStock).map(Goods::number).orElse(-1L)
                + orders.get(inOrders).map(Goods::number).orElse(-1L);
    }

    /** How often files of the disk were synced. */
    long syncs() {
        return disk.counters().syncs();
    }

    @Override
    public void close() {
        try (stock;
                orders) {
            log.close();
        }
    }
}
