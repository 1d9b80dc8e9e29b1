package storagelab.sortedlog;

import java.util.List;
import java.util.Optional;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/** Merges tables. */
public final class Compactor {
    private Compactor() {}

    @Exercise(
            id = "1.7",
            title = "Merge tables, bury the dead",
            points = 10,
            difficulty = Difficulty.MEDIUM,
            hours = 3,
            needs = {"1.4", "1.5"})
    public static Optional<TableInfo> compact(
            List<SortedTable> newestFirst, List<SortedTable> older, SortedTableBuilder out) {
        throw new UnsupportedOperationException();
    }
}
