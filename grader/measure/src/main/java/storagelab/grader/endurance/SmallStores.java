package storagelab.grader.endurance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.kv.CrashSafeStore;
import storagelab.lsm.LsmStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.SnapshotSubject;
import storagelab.wal.SegmentAccess;
import storagelab.wal.SyncPolicy;
import storagelab.wal.WalOptions;

/** Crash-safe stores so small that segments begin, checkpoints are made and segments are deleted all the time. */
final class SmallStores {
    private static final int SEGMENT_BYTES = 2_000;
    private static final int CHECKPOINT_BYTES = 6_000;
    private static final int CHECKPOINT_BYTES_OFTEN = 700;

    private SmallStores() {}

    /** Over {@code engine}, which does its work in the thread that writes. */
    static DurableOptions options(EngineKind engine) {
        return DurableOptions.defaults(engine)
                .withLog(new WalOptions(SEGMENT_BYTES, SegmentAccess.CHANNEL))
                .withCheckpointLogBytes(CHECKPOINT_BYTES)
                .withBtree(BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10))
                .withLsm(SmallLsm.LEVELED);
    }

    /** Over each engine: as it is, with more checkpoints, with a sync for each group, with segments of which room is made before. */
    static List<SnapshotSubject<CrashSafeStore>> ofEachKind() {
        List<SnapshotSubject<CrashSafeStore>> all = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            DurableOptions plain = options(engine);
            all.add(subject(plain));
            all.add(subject(plain.withCheckpointLogBytes(CHECKPOINT_BYTES_OFTEN)));
            all.add(subject(plain.withSyncPolicy(SyncPolicy.group())));
            all.add(subject(plain.withLog(plain.log().withAccess(SegmentAccess.PREPARED))));
        }
        return all;
    }

    /** Over each engine, as it is. */
    static List<SnapshotSubject<CrashSafeStore>> ofEachEngine() {
        return Arrays.stream(EngineKind.values())
                .map(engine -> subject(options(engine)))
                .toList();
    }

    /** Stores with {@code options}, whose engines are verified. */
    static SnapshotSubject<CrashSafeStore> subject(DurableOptions options) {
        return new SnapshotSubject<>(home -> CrashSafeStore.open(home, options), SmallStores::verify);
    }

    /** Walks the whole engine beneath a store. */
    static void verify(CrashSafeStore store) {
        if (store.engine() instanceof BTreeStore tree) {
            tree.verify();
        } else if (store.engine() instanceof LsmStore lsm) {
            lsm.verify();
        }
    }
}
