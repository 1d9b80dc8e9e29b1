package storagelab.sortedlog;

import java.nio.file.Path;
import java.util.Optional;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;

/** A log-structured store. */
public final class SortedLogStore implements KeyValueStore {
    private SortedLogStore() {}

    /** Opens the store in {@code directory}, creating it if it is not there. */
    public static SortedLogStore open(Path directory, SortedLogOptions options) {
        throw new UnsupportedOperationException();
    }

    @Exercise(
            id = "1.6",
            title = "A store",
            points = 14,
            difficulty = Difficulty.MEDIUM,
            hours = 4,
            needs = {"1.3", "1.4", "1.5"})
    @Override
    public Optional<Slice> get(Slice key) {
        throw new UnsupportedOperationException();
    }

    @ExercisePart("1.6")
    @Override
    public void write(WriteBatch batch, Durability durability) {
        throw new UnsupportedOperationException();
    }

    /** Writes everything in memory out as tables; returns when it is there. */
    @ExercisePart("1.6")
    public void flush() {
        throw new UnsupportedOperationException();
    }

    /** Merges all tables into one. */
    public void compact() {
        throw new UnsupportedOperationException();
    }

    /** What opening found. */
    public RecoveryReport recoveryReport() {
        throw new UnsupportedOperationException();
    }

    /** Walks every table and proves its invariants. */
    public void verify() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreStats stats() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
