package storagelab.recovery;

import java.nio.file.Path;
import storagelab.api.StorageEngine;
import storagelab.btree.BTreeStore;
import storagelab.lsm.LsmStore;

/** The engines that a log can stand in front of. The names are in files and never change. */
public enum EngineKind {
    /** Lab 4's B+tree. */
    BTREE,

    /** Lab 5's LSM tree, without its own log. */
    LSM;

    /** Opens the engine in {@code directory}, which is created if it does not exist. */
    StorageEngine open(Path directory, DurableOptions options) {
        return switch (this) {
            case BTREE -> BTreeStore.open(directory, options.btree());
            case LSM -> LsmStore.open(directory, options.lsm().withoutLog());
        };
    }
}
