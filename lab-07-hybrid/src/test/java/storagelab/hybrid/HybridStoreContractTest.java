package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Isolation;
import storagelab.api.SnapshotStore;
import storagelab.api.TransactionalStore;
import storagelab.btree.StoredValue;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Step;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;
import storagelab.testkit.hybrid.HybridStores;
import storagelab.testkit.kv.Hermitage;
import storagelab.testkit.kv.TransactionContract;
import storagelab.testkit.kv.Transfers;
import storagelab.testkit.recovery.DurableContracts;

/** A {@link HybridStore} whose keys move all the time keeps every contract that a {@link storagelab.kv.CrashSafeStore} keeps. */
@Tag("7.11")
class HybridStoreContractTest {
    private static HybridStore open(Path directory) {
        return HybridStore.open(directory, HybridStores.restless());
    }

    private static HybridStore newHybrid() {
        return open(CrashDisk.create().root().resolve("store"));
    }

    @Nested
    class AsAStore extends DurableContracts {
        AsAStore() {
            super(HybridStores.restless().store());
        }

        @Override
        public SnapshotStore open(Path directory) {
            return HybridStoreContractTest.open(directory);
        }

        @Override
        protected int longKeyBytes() {
            return StoredValue.keyBytesMax(options().btree().pageSizeBytes());
        }
    }

    @Nested
    class AsAStoreWithTransactions implements TransactionContract {
        @Override
        public TransactionalStore newStore() {
            return newHybrid();
        }
    }

    @Test
    @DisplayName("snapshots and cursors of different moments agree with sorted maps, across reopening")
    void model() {
        StoreModel.defaults()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(600)
                .check(
                        StoreSubject.of(
                                        "a hybrid store",
                                        () -> CrashDisk.create().root().resolve("store"),
                                        HybridStoreContractTest::open)
                                .flushing(HybridStore::checkpoint)
                                .compacting(store -> {
                                    store.runRound();
                                    store.engine().verify();
                                })
                                .reopening(),
                        2);
    }

    @Test
    @DisplayName("each anomaly of the Hermitage table happens at the levels that allow it, and at no other")
    void hermitage() {
        List<String> wrong = new ArrayList<>();
        for (Hermitage anomaly : Hermitage.values()) {
            for (Isolation level : Isolation.values()) {
                Step.at(anomaly + ", " + anomaly.title() + ", at " + level);
                try (HybridStore store = newHybrid()) {
                    List<String> seen = anomaly.seenIn(store, level);
                    if (seen.isEmpty() == anomaly.isAllowedBy(level)) {
                        wrong.add(anomaly + " at " + level + ": " + seen);
                    }
                }
            }
        }
        assertThat("cells that are not as the level promises", wrong, is(List.of()));
    }

    @Test
    @DisplayName("transfers between accounts keep the sum while the accounts move")
    void transfers() throws InterruptedException {
        try (HybridStore store = newHybrid()) {
            assertThat(Transfers.run(store, Isolation.SNAPSHOT, 20, 300), is(20 * Transfers.BALANCE));
            assertThat("what a round threw", store.roundFailure().isEmpty(), is(true));
            store.engine().verify();
        }
    }
}
