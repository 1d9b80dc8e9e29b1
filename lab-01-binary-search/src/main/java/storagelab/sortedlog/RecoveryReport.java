package storagelab.sortedlog;

import java.util.List;

/**
 * What opening a store found.
 *
 * @param tablesOpened tables that are in use
 * @param quarantined tables that were listed and are damaged or missing; what only they held is not in the store
 * @param replayedRecords log records that were read back into memory
 * @param tornBytes bytes at the end of the newest log that are no whole record
 * @param removedLeaks names of files that a crash left behind and that were deleted
 */
public record RecoveryReport(
        int tablesOpened,
        List<Quarantined> quarantined,
        long replayedRecords,
        long tornBytes,
        List<String> removedLeaks) {
    /** Copies the lists. */
    public RecoveryReport {
        quarantined = List.copyOf(quarantined);
        removedLeaks = List.copyOf(removedLeaks);
    }

    /**
     * A table that was put aside.
     *
     * @param file its name
     * @param reason why it cannot be used
     */
    public record Quarantined(String file, String reason) {}
}
