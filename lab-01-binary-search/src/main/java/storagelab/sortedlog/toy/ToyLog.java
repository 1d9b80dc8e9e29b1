package storagelab.sortedlog.toy;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Toy;

/** A text log. */
@Toy("no sync, one thread, an index that is rebuilt by reading everything")
@Exercise(id = "1.2", title = "The toy: a text log", points = 6, difficulty = Difficulty.EASY, hours = 2)
public final class ToyLog implements Closeable {
    public record Damage(int lineNumber, String reason) {}

    public record RebuildReport(int lines, List<Damage> damaged) {}

    private ToyLog() {}

    public static ToyLog open(Path file, InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    public void append(String key, String value) {}

    public Optional<String> get(String key) {
        throw new UnsupportedOperationException();
    }

    public RebuildReport rebuildIndex() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
