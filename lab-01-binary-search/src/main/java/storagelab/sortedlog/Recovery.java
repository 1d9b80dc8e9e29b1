package storagelab.sortedlog;

import java.nio.file.Path;
import java.util.List;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/** Brings a store back. */
public final class Recovery {
    /**
     * What a store goes on from.
     *
     * @param tables the tables in use, newest first, open
     * @param firstLog the first live log, as {@link PublishedTables#firstLog}
     * @param memtable what the live logs hold
     * @param logs the live logs that hold something, oldest first
     * @param nextFileNumber higher than the number of every file in the directory
     * @param report what was found
     */
    public record Recovered(
            List<SortedTable> tables,
            long firstLog,
            Memtable memtable,
            List<Path> logs,
            long nextFileNumber,
            RecoveryReport report) {}

    private Recovery() {}

    @Exercise(
            id = "1.9",
            title = "Recovery",
            points = 12,
            difficulty = Difficulty.HARD,
            hours = 5,
            needs = {"1.3", "1.4", "1.5", "1.6"})
    public static Recovered recover(Path directory, SortedLogOptions options, StatsRecorder stats) {
        throw new UnsupportedOperationException();
    }
}
