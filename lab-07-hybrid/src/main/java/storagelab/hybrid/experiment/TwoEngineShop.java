package storagelab.hybrid.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.UpdatableStore;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.EngineType;
import storagelab.tier.TierMigrator;
import storagelab.twophase.CoordinatorLog;
import storagelab.twophase.InDoubtResolver;
import storagelab.twophase.StoreParticipant;
import storagelab.twophase.TwoPhaseCoordinator;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;
import storagelab.writeback.WriteBackOptions;

/** A shop whose stock is on a B+tree, and whose orders are on an LSM tree. */
abstract class TwoEngineShop implements AutoCloseable {
    /** How a sale is committed. */
    enum Way {
        /** To one store and then to the other one, each with a log of its own. */
        TWO_WRITES("two writes") {
            @Override
            TwoEngineShop open(Path directory) {
                return new TwoWrites(directory);
            }
        },

        /** By a coordinator of two phases, over the same stores. */
        TWO_PHASES("two phases") {
            @Override
            TwoEngineShop open(Path directory) {
                return new TwoPhases(directory);
            }
        },

        /** As a transaction of the hybrid store, which has one log before both engines. */
        ONE_LOG("one log") {
            @Override
            TwoEngineShop open(Path directory) {
                return new OneLog(directory);
            }
        };

        private final String words;

        Way(String words) {
            this.words = words;
        }

        /** What it is called in tables. */
        String words() {
            return words;
        }

        /** Opens the shop in {@code directory}, recovers it, and resolves what a crash has left open. */
        abstract TwoEngineShop open(Path directory);
    }

    private static final Slice TAKEN = Slice.utf8("taken");
    private static final long LOG_FILE_BYTES = 1 << 20;

    static Slice product(int number) {
        return Slice.utf8("stock/" + number);
    }

    static Slice order(int number) {
        return Slice.utf8("order/" + number);
    }

    /** Takes a product, and adds an order. It is on the disk when this returns. */
    abstract void sell(int number);

    /** Whether a product was taken. */
    abstract boolean isTaken(int number);

    /** Whether there is an order of a product. */
    abstract boolean hasOrder(int number);

    @Override
    public abstract void close();

    private static DurableOptions options(EngineType engine) {
        return DurableOptions.defaults(engine)
                .withLog(new WalOptions(LOG_FILE_BYTES, SegmentAccess.CHANNEL))
                .withBtree(BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10))
                .withLsm(LsmOptions.defaults().withMaintenance(MaintenanceKind.FOREGROUND));
    }

    /** Two stores, and nothing that knows of both. */
    private static class TwoWrites extends TwoEngineShop {
        final CrashSafeStore stock;
        final CrashSafeStore orders;

        TwoWrites(Path directory) {
            this.stock = CrashSafeStore.open(directory.resolve("stock"), options(EngineKind.BTREE));
            this.orders = CrashSafeStore.open(directory.resolve("orders"), options(EngineKind.LSM));
        }

        @Override
        void sell(int number) {
            stock.write(new WriteBatch().put(product(number), TAKEN), Durability.SYNCED);
            orders.write(new WriteBatch().put(order(number), TAKEN), Durability.SYNCED);
        }

        @Override
        boolean isTaken(int number) {
            return stock.get(product(number)).isPresent();
        }

        @Override
        boolean hasOrder(int number) {
            return orders.get(order(number)).isPresent();
        }

        @Override
        public void close() {
            try (stock) {
                orders.close();
            }
        }
    }

    private static final class TwoPhases extends TwoWrites {
        private final CoordinatorLog log;
        private final StoreParticipant stockroom;
        private final StoreParticipant counter;

        TwoPhases(Path directory) {
            super(directory);
            this.log = CoordinatorLog.open(directory.resolve("coordinator"), LOG_FILE_BYTES);
            this.stockroom = new StoreParticipant("stock", stock);
            this.counter = new StoreParticipant("orders", orders);
            new InDoubtResolver(log).resolve(List.of(stockroom, counter));
        }

        @Override
        void sell(int number) {
            new TwoPhaseCoordinator(log)
                    .commit(Map.of(
                            stockroom,
                            new WriteBatch().put(product(number), TAKEN),
                            counter,
                            new WriteBatch().put(order(number), TAKEN)));
        }

        @Override
        public void close() {
            log.close();
            super.close();
        }
    }

    private static final class OneLog extends TwoEngineShop {
        private final UpdatableStore store;

        OneLog(Path directory) {
            WriteBackOptions cache = WriteBackOptions.defaults();
            HybridStore hybrid = HybridStore.open(
                    directory,
                    HybridOptions.defaults()
                            .withStore(options(new HybridEngine(cache)))
                            .withRoundEvery(Duration.ZERO));
            TierMigrator migrator =
                    new TierMigrator(hybrid.engine(), HybridOptions.defaults().migrator());
            migrator.resume();
            migrator.move(KeyRange.prefix(Slice.utf8("stock/")), EngineKind.BTREE.id());
            this.store = hybrid;
        }

        @Override
        void sell(int number) {
            try (Transaction sale = store.begin(Isolation.SNAPSHOT)) {
                sale.put(product(number), TAKEN);
                sale.put(order(number), TAKEN);
                sale.commit(Durability.SYNCED);
            }
        }

        @Override
        boolean isTaken(int number) {
            return store.get(product(number)).isPresent();
        }

        @Override
        boolean hasOrder(int number) {
            return store.get(order(number)).isPresent();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
