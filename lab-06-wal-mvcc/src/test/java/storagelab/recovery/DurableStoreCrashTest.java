package storagelab.recovery;

import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;
import storagelab.lsm.LsmStore;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;
import storagelab.testkit.recovery.SmallStores;
import storagelab.wal.SyncPolicy;

@Tag("6.6")
class DurableStoreCrashTest {
    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole")
    void everyCrash(EngineKind engine) {
        CrashTrial.check(subject(SmallStores.options(engine)), 1);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("the same with a checkpoint after every few writes")
    void everyCrashWithCheckpoints(EngineKind engine) {
        CrashTrial.check(subject(SmallStores.options(engine).withCheckpointLogBytes(700)), 1);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("the same where every commit is synced")
    void everyCrashWithGroups(EngineKind engine) {
        CrashTrial.check(subject(SmallStores.options(engine).withSyncPolicy(SyncPolicy.group())), 1);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "snapshots and cursors of different moments agree with sorted maps of those moments, reopened in between")
    void model(EngineKind engine) {
        StoreModel.defaults()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(600)
                .check(
                        StoreSubject.of(
                                        "durable store over " + engine,
                                        () -> CrashDisk.create().root().resolve("store"),
                                        at -> DurableStore.open(at, SmallStores.options(engine)))
                                .flushing(DurableStore::checkpoint)
                                .compacting(DurableStoreCrashTest::verify)
                                .reopening(),
                        2);
    }

    private static SnapshotSubject<DurableStore> subject(DurableOptions options) {
        Consumer<DurableStore> verifier = DurableStoreCrashTest::verify;
        return new SnapshotSubject<>(directory -> DurableStore.open(directory, options), verifier);
    }

    private static void verify(DurableStore store) {
        if (store.engine() instanceof BTreeStore tree) {
            tree.verify();
        } else if (store.engine() instanceof LsmStore lsm) {
            lsm.verify();
        }
    }
}
