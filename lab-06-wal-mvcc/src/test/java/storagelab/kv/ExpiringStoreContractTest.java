package storagelab.kv;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import storagelab.api.SnapshotStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.recovery.DurableContracts;
import storagelab.testkit.recovery.SmallStores;

/** An {@link ExpiringStore} in which nothing expires keeps every contract there is for a store, over either engine. */
class ExpiringStoreContractTest {
    @Nested
    class OverABTree extends Contracts {
        OverABTree() {
            super(SmallStores.options(EngineKind.BTREE));
        }
    }

    @Nested
    class OverAnLsmTree extends Contracts {
        OverAnLsmTree() {
            super(SmallStores.options(EngineKind.LSM));
        }
    }

    private abstract static class Contracts extends DurableContracts {
        Contracts(DurableOptions options) {
            super(options);
        }

        @Override
        public SnapshotStore open(Path directory) {
            return ExpiringStore.open(directory, options(), InstantSource.system());
        }

        @Test
        @DisplayName("whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole")
        void everyCrash() {
            CrashTrial.check(
                    new SnapshotSubject<ExpiringStore>(
                            directory -> ExpiringStore.open(directory, options(), InstantSource.system()), store -> {}),
                    1);
        }
    }
}
