package storagelab.kin;

import java.nio.file.Path;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.EngineKind;
import storagelab.testkit.recovery.SmallStores;

/** The stores below the examples: so small that a short test has many pages and several files of the log. */
final class KinStores {
    private KinStores() {}

    /** A store over a B+tree. */
    static CrashSafeStore btree(Path directory) {
        return CrashSafeStore.open(directory, SmallStores.options(EngineKind.BTREE));
    }

    /** A store over an LSM tree. */
    static CrashSafeStore lsm(Path directory) {
        return CrashSafeStore.open(directory, SmallStores.options(EngineKind.LSM));
    }
}
