package storagelab.memtable;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.SnapshotStore;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.cursor.PinningLogStore;
import storagelab.cursor.TablePins;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.StoreParts;

/**
 * Lab 1's store with snapshots. Its memtables keep every version of a key, so that nothing has to be copied to hold on to a
 * moment: a snapshot remembers the number of the last write and where to look.
 *
 * <p>Concurrency: safe for many threads. Taking a snapshot waits for no writer but one that is applying a batch of several
 * operations.
 */
public final class SnapshotLogStore extends PinningLogStore implements SnapshotStore {
    private SnapshotLogStore(SortedLogStore store, TablePins pins) {
        super(store, pins);
    }

    /** Opens the store in {@code directory}, as {@link SortedLogStore#open(Path, SortedLogOptions)} does. */
    public static SnapshotLogStore open(Path directory, SortedLogOptions options) {
        AtomicLong lastSequence = new AtomicLong();
        TablePins pins = new TablePins();
        StoreParts parts = new StoreParts(() -> new VersionedMemtable(lastSequence), pins);
        return new SnapshotLogStore(SortedLogStore.open(directory, options, parts), pins);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A {@link LogSnapshot} of the sources as {@link SortedLogStore#look} shows them. Not {@code lookBetweenWrites}: a writer
     * that waits for the disk, or for a flush, would make snapshots wait, too. A put may go on meanwhile; it is in the snapshot
     * or it is not, and {@link VersionedMemtable#visibleSequence} says which.
     *
     * <p>Example: {@code put("a", "1")} has number 1, a batch of {@code a=2} and {@code b=2} has numbers 2 and 3. A snapshot that
     * is taken now has sequence 3. Then come {@code put("a", "4")}, a flush, and a merge that keeps only a=4 of all values of a.
     * The snapshot still finds a=2 in the memtable, which it holds on to.
     *
     * <p>Cost: O(memtables + tables), whatever is in them; no block is read, and no entry is copied.
     */
    @Exercise(
            id = "3.8",
            title = "Hold on to a moment",
            points = 14,
            difficulty = Difficulty.HARD,
            hours = 4,
            needs = {"1.6", "1.7", "2.6", "2.7", "2.8", "3.7"})
    @Override
    public LogSnapshot snapshot() {
        return store.look(sources -> new LogSnapshot(store, pins, sources));
    }

    /** {@inheritDoc} It is the cursor of a snapshot that is taken for it. */
    @Override
    public Cursor cursor(KeyRange range) {
        try (LogSnapshot now = snapshot()) {
            return now.cursor(range);
        }
    }
}
