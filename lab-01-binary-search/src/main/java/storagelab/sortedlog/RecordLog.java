package storagelab.sortedlog;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.function.Consumer;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/** An append-only file of records. */
@Exercise(
        id = "1.3",
        title = "A log that knows torn from damaged",
        points = 10,
        difficulty = Difficulty.MEDIUM,
        hours = 3)
public final class RecordLog implements Closeable {
    public record Replayed(long records, long validBytes, long tornBytes) {}

    private RecordLog() {}

    public static RecordLog create(Path file, StatsRecorder stats) {
        throw new UnsupportedOperationException();
    }

    public long append(Slice payload) {
        throw new UnsupportedOperationException();
    }

    public void sync() {}

    public long sizeBytes() {
        return 0;
    }

    public long durableBytes() {
        return 0;
    }

    public static Replayed replay(Path file, Consumer<Slice> sink) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
