package storagelab.peers;

import org.lmdbjava.EnvFlags;
import storagelab.grader.bench.engine.EngineSettings;

/** LMDB that writes through the map: no system call a put. */
public final class LmdbWriteMapEngine extends LmdbEngine {
    @Override
    EnvFlags[] flags(EngineSettings settings) {
        return settings.isSynced()
                ? new EnvFlags[] {EnvFlags.MDB_NOTLS, EnvFlags.MDB_WRITEMAP}
                : new EnvFlags[] {EnvFlags.MDB_NOTLS, EnvFlags.MDB_WRITEMAP, EnvFlags.MDB_MAPASYNC, EnvFlags.MDB_NOSYNC
                };
    }
}
