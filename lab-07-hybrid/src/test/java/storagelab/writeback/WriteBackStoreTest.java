package storagelab.writeback;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Slice;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageEngine;
import storagelab.btree.BTreeStore;
import storagelab.btree.StoredValue;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.lsm.LsmStore;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.recovery.ReadOnlyStore;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.StorageEngineContract;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;
import storagelab.testkit.recovery.DurableContracts;
import storagelab.testkit.writeback.SmallCaches;

/** A store behind lab 6's log with a cache in front of its engine is as good as one without. */
class WriteBackStoreTest {
    private static final Slice KEY = Slice.utf8("a");

    @Nested
    class OverABTree extends Contracts {
        OverABTree() {
            super(EngineKind.BTREE);
        }

        @Override
        protected int longKeyBytes() {
            return StoredValue.keyBytesMax(options().btree().pageSizeBytes());
        }
    }

    @Nested
    class OverAnLsmTree extends Contracts {
        OverAnLsmTree() {
            super(EngineKind.LSM);
        }
    }

    private abstract static class Contracts extends DurableContracts {
        Contracts(EngineKind engine) {
            super(SmallCaches.options(engine));
        }

        @Override
        public SnapshotStore open(Path directory) {
            return DurableStore.open(directory, options());
        }
    }

    @Nested
    class AsAnEngineOverABTree implements StorageEngineContract {
        @Override
        public StorageEngine open(Path directory) {
            return engine(EngineKind.BTREE, directory);
        }
    }

    @Nested
    class AsAnEngineOverAnLsmTree implements StorageEngineContract {
        @Override
        public StorageEngine open(Path directory) {
            return engine(EngineKind.LSM, directory);
        }
    }

    private static StorageEngine engine(EngineKind kind, Path directory) {
        return new CachedEngine(kind, SmallCaches.OPTIONS).open(directory, SmallCaches.options(kind));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("snapshots and cursors of different moments agree with sorted maps, across flushes and reopening")
    void model(EngineKind engine) {
        StoreModel.defaults()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(600)
                .check(
                        StoreSubject.of(
                                        "write-back cache over " + engine,
                                        () -> CrashDisk.create().root().resolve("store"),
                                        at -> DurableStore.open(at, SmallCaches.options(engine)))
                                .flushing(DurableStore::checkpoint)
                                .compacting(WriteBackStoreTest::verify)
                                .reopening(),
                        2);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole")
    void everyCrash(EngineKind engine) {
        CrashTrial.check(
                new SnapshotSubject<>(
                        directory -> DurableStore.open(directory, SmallCaches.options(engine)),
                        WriteBackStoreTest::verify),
                1);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("after a killed process the store is the same opened for reading as opened for writing")
    void killed(EngineKind engine) {
        CrashDisk disk = CrashDisk.create();
        DurableStore store = DurableStore.open(disk.root(), SmallCaches.options(engine));
        for (int i = 0; i < 200; i++) {
            store.put(Slice.utf8("key " + i % 60), Slice.utf8("value " + i));
        }
        store.delete(Slice.utf8("key 7"));
        Path killed = disk.afterCrash(SurvivalMode.EVERYTHING, 0).root();
        try (ReadOnlyStore reader = ReadOnlyStore.open(killed, SmallCaches.options(engine))) {
            check(reader);
        }
        try (DurableStore again = DurableStore.open(killed, SmallCaches.options(engine))) {
            check(again);
            verify(again);
            assertThat(again.lastSequence(), is(201L));
        }
        store.close();
    }

    private static void check(SnapshotStore store) {
        for (int key = 0; key < 60; key++) {
            Optional<Slice> expected = key == 7
                    ? Optional.empty()
                    : Optional.of(Slice.utf8("value " + (key < 20 ? 180 + key : 120 + key)));
            assertThat("key " + key, store.get(Slice.utf8("key " + key)), is(expected));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a backup is a store of its own, with the sequence of the moment")
    void backup(EngineKind engine) {
        Path target = CrashDisk.create().root().resolve("backup");
        long sequence;
        try (DurableStore store = DurableStore.open(CrashDisk.create().root(), SmallCaches.options(engine))) {
            for (int i = 0; i < 100; i++) {
                store.put(KEY, Slice.utf8("value " + i));
            }
            sequence = store.backup(target);
        }
        try (DurableStore copy = DurableStore.open(target, SmallCaches.options(engine))) {
            assertThat(copy.get(KEY), is(Optional.of(Slice.utf8("value 99"))));
            assertThat(copy.lastSequence(), is(sequence));
            assertThat(copy.replayedOperations(), is(0L));
        }
    }

    private static void verify(DurableStore store) {
        WriteBackCache cache = (WriteBackCache) store.engine();
        cache.verify();
        if (cache.engine() instanceof BTreeStore tree) {
            tree.verify();
        } else if (cache.engine() instanceof LsmStore lsm) {
            lsm.verify();
        }
    }
}
