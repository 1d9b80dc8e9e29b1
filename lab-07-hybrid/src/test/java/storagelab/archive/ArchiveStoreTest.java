package storagelab.archive;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageEngine;
import storagelab.disk.CrashDisk;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.testkit.ConcurrentOrderedStoreContract;
import storagelab.testkit.ConcurrentSnapshotStoreContract;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;
import storagelab.testkit.OrderedStoreContract;
import storagelab.testkit.SnapshotStoreContract;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.StorageEngineContract;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;
import storagelab.testkit.archive.SmallArchives;
import storagelab.testkit.recovery.DurableContracts;

/** An archive keeps the contracts of every engine, alone and behind lab 6's log. */
class ArchiveStoreTest {
    /** Each operation on the disk is a crash to try: larger objects have fewer. */
    private static final ArchiveOptions CRASHED =
            SmallArchives.TINY.withSizes(new ArchiveOptions.Sizes(4_000, 500, 1_000));

    @Nested
    class WithDefaults extends Contracts {
        WithDefaults() {
            super(ArchiveOptions.defaults("orders"));
        }
    }

    @Nested
    class Small extends Contracts {
        Small() {
            super(SmallArchives.SMALL);
        }
    }

    private abstract static class Contracts extends KeyValueStoreContract
            implements DurableStoreContract,
                    ConcurrentStoreContract,
                    OrderedStoreContract,
                    ConcurrentOrderedStoreContract,
                    SnapshotStoreContract,
                    ConcurrentSnapshotStoreContract {
        private final ArchiveOptions options;

        Contracts(ArchiveOptions options) {
            this.options = options;
        }

        @Override
        public SnapshotStore open(Path directory) {
            return SmallArchives.open(directory, options);
        }

        @Override
        public Path newDirectory() {
            return CrashDisk.create().root().resolve("store");
        }
    }

    @Nested
    class AsAnEngine implements StorageEngineContract {
        @Override
        public StorageEngine open(Path directory) {
            return SmallArchives.open(directory, ArchiveOptions.defaults("orders"));
        }
    }

    @Nested
    class AsATinyEngine implements StorageEngineContract {
        @Override
        public StorageEngine open(Path directory) {
            return SmallArchives.open(directory, SmallArchives.TINY);
        }
    }

    @Nested
    class BehindALog extends DurableContracts {
        BehindALog() {
            super(DurableOptions.defaults(ArchiveType.inDirectory(SmallArchives.SMALL)));
        }

        @Override
        public SnapshotStore open(Path directory) {
            return DurableStore.open(directory, options());
        }
    }

    @Test
    @DisplayName(
            "snapshots and cursors of different moments agree with sorted maps, across checkpoints, rewriting and reopening")
    void model() {
        StoreModel.defaults()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(400)
                .check(
                        StoreSubject.of(
                                        "archive",
                                        () -> CrashDisk.create().root().resolve("store"),
                                        at -> SmallArchives.open(at, SmallArchives.TINY))
                                .flushing(ArchiveTier::checkpoint)
                                .compacting(ArchiveStoreTest::rewrite)
                                .reopening(),
                        2);
    }

    /** Rewrites, and moves everything to where it is. */
    private static void rewrite(ArchiveTier archive) {
        archive.compact();
        archive.verify();
        archive.verifyObjects();
        try (var entries = archive.cursor(KeyRange.all())) {
            archive.replace(KeyRange.all(), entries);
        }
        archive.verify();
    }

    @Test
    @DisplayName("whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole")
    void everyCrash() {
        CrashTrial.check(
                new SnapshotSubject<>(directory -> SmallArchives.open(directory, CRASHED), archive -> {
                    archive.verify();
                    archive.verifyObjects();
                }),
                1);
    }
}
