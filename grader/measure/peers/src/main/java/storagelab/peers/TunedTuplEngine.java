package storagelab.peers;

import java.util.concurrent.TimeUnit;
import org.cojen.tupl.DatabaseConfig;

/** Tupl with a checkpoint every five seconds or 64 MiB of log, and its pages outside of the heap. */
public final class TunedTuplEngine extends TuplEngine {
    private static final int CHECKPOINT_SECONDS = 5;
    private static final long CHECKPOINT_BYTES = 64L << 20;

    @Override
    DatabaseConfig tune(DatabaseConfig config) {
        return config.checkpointRate(CHECKPOINT_SECONDS, TimeUnit.SECONDS)
                .checkpointSizeThreshold(CHECKPOINT_BYTES)
                .directPageAccess(true);
    }
}
