package storagelab.sortedlog;

import java.io.Closeable;
import java.nio.file.Path;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/** Writes a sorted table. */
@Exercise(id = "1.4", title = "Build a sorted table", points = 10, difficulty = Difficulty.MEDIUM, hours = 3)
public final class SortedTableBuilder implements Closeable {
    private SortedTableBuilder() {}

    public static SortedTableBuilder create(Path file, long number, StatsRecorder stats) {
        throw new UnsupportedOperationException();
    }

    public void add(Entry entry) {}

    public TableInfo finish() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
