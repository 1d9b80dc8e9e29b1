package storagelab.lsm;

import java.nio.file.Path;
import java.util.List;

/**
 * What opening a store has found in the logs.
 *
 * @param operations puts and deletes that were only in logs, and are in tables now
 * @param dropped where logs could not be read, or not be used; whatever follows the first of them that
 *     lost a write is not in the store either, unless the store was opened to {@linkplain RecoveryMode#SALVAGE salvage}
 */
public record LsmRecoveryReport(long operations, List<Dropped> dropped) {
    /**
     * A part of a log that is not in the store.
     *
     * @param log the file
     * @param offset where the part begins, at the latest
     * @param reason what is wrong
     */
    public record Dropped(Path log, long offset, String reason) {}

    public LsmRecoveryReport {
        dropped = List.copyOf(dropped);
    }

    /** Whether every log was read to its end. */
    public boolean isClean() {
        return dropped.isEmpty();
    }
}
