package storagelab.kv;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.SnapshotStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.recovery.DurableContracts;
import storagelab.testkit.recovery.SmallStores;

/** A {@link CrashSafeStore} keeps every contract there is for a store, over either engine. */
@Tag("6.11")
class CrashSafeStoreContractTest {
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
            return CrashSafeStore.open(directory, options());
        }

        @Test
        @DisplayName("whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole")
        void everyCrash() {
            CrashTrial.check(
                    new SnapshotSubject<CrashSafeStore>(
                            directory -> CrashSafeStore.open(directory, options()), store -> {}),
                    1);
        }
    }
}
