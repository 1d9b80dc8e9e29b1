package storagelab.sortedlog;

import java.nio.file.Path;
import java.util.List;

/**
 * A memtable that takes no more entries and waits to be written out as a table.
 *
 * @param memtable its entries
 * @param logs the log files that hold the same entries, which are of no use once the table is published
 * @param nextLog number of the log that takes the entries after these
 */
public record FrozenMemtable(Memtable memtable, List<Path> logs, long nextLog) {
    /** Copies the list. */
    public FrozenMemtable {
        logs = List.copyOf(logs);
    }
}
