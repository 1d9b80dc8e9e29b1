package storagelab.sortedlog;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/** Reads a sorted table. */
@Exercise(id = "1.5", title = "One block a get", points = 10, difficulty = Difficulty.MEDIUM, hours = 3)
public final class SortedTable implements Closeable {
    private SortedTable() {}

    public static SortedTable open(Path file, long number, StatsRecorder stats) {
        throw new UnsupportedOperationException();
    }

    public Optional<Entry> get(Slice key) {
        throw new UnsupportedOperationException();
    }

    public Iterator<Entry> entries() {
        throw new UnsupportedOperationException();
    }

    public TableInfo info() {
        throw new UnsupportedOperationException();
    }

    public int blockCount() {
        throw new UnsupportedOperationException();
    }

    public void verify() {}

    @Override
    public void close() {}
}
