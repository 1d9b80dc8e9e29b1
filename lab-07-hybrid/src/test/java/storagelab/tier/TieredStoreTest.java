package storagelab.tier;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageEngine;
import storagelab.btree.StoredValue;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.recovery.DurableStore;
import storagelab.recovery.ReadOnlyStore;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.StorageEngineContract;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;
import storagelab.testkit.recovery.DurableContracts;
import storagelab.testkit.tier.MovingStore;

/** A store of several tiers whose keys move is as good as one of a single engine. */
class TieredStoreTest {
    @Nested
    class AsAStore extends DurableContracts {
        AsAStore() {
            super(MovingStore.options());
        }

        @Override
        public SnapshotStore open(Path directory) {
            return MovingStore.open(directory, 7);
        }

        @Override
        protected int longKeyBytes() {
            return StoredValue.keyBytesMax(options().btree().pageSizeBytes());
        }
    }

    @Nested
    class AsAnEngine implements StorageEngineContract {
        @Override
        public StorageEngine open(Path directory) {
            return MovingStore.options().engine().open(directory, MovingStore.options());
        }
    }

    @Test
    @DisplayName("snapshots and cursors of different moments agree with sorted maps while keys move, across reopening")
    void model() {
        StoreModel.defaults()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(600)
                .check(
                        StoreSubject.of(
                                        "tiers whose keys move",
                                        () -> CrashDisk.create().root().resolve("store"),
                                        at -> MovingStore.open(at, 3))
                                .flushing(MovingStore::checkpoint)
                                .compacting(store -> {
                                    store.moveSome();
                                    store.verify();
                                })
                                .reopening(),
                        2);
    }

    @Test
    @DisplayName(
            "whenever the power is cut, every SYNCED write is there and a prefix of the others, each key on one tier")
    void everyCrash() {
        CrashTrial.check(new SnapshotSubject<>(directory -> MovingStore.open(directory, 11), MovingStore::verify), 1);
    }

    @Test
    @DisplayName("after a killed process the store is the same opened for reading as opened for writing")
    void killed() {
        CrashDisk disk = CrashDisk.create();
        MovingStore store = MovingStore.open(disk.root(), 5);
        for (int i = 0; i < 200; i++) {
            store.put(Slice.utf8("key" + i % 60), Slice.utf8("value " + i));
        }
        Path killed = disk.afterCrash(SurvivalMode.EVERYTHING, 0).root();
        try (ReadOnlyStore reader = ReadOnlyStore.open(killed, MovingStore.options())) {
            check(reader);
        }
        try (DurableStore again = DurableStore.open(killed, MovingStore.options())) {
            check(again);
        }
        store.close();
    }

    private static void check(SnapshotStore store) {
        for (int key = 0; key < 60; key++) {
            Optional<Slice> expected = Optional.of(Slice.utf8("value " + (key < 20 ? 180 + key : 120 + key)));
            assertThat("key " + key, store.get(Slice.utf8("key" + key)), is(expected));
        }
    }
}
