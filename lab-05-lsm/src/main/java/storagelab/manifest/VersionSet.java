package storagelab.manifest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.sortedlog.StatsRecorder;

/**
 * The version of a store that counts, the counters that go with it, and how both get to the disk.
 *
 * <p>Invariant: what {@link #current} returns is on the disk, and everything that it needs is. A table is synced, and
 * its name in the directory, before an edit that adds it is appended; the edit is synced before anybody sees the
 * version; and only then tables that went may be deleted. A crash in between may leave a file that nobody needs, and
 * never a version that needs a file which is not there.
 *
 * <p>Concurrency: {@code current}, {@code newFileNumber} and {@code lastSequence} from any thread; edits from one
 * thread at a time.
 */
public final class VersionSet implements Closeable {
    /** The order of keys that LevelDB's stores have if nobody says otherwise. */
    public static final String BYTEWISE = "leveldb.BytewiseComparator";

    private final Path directory;
    private final StatsRecorder stats;
    private final String comparator;
    private final Map<Integer, Slice> compactPointers = new TreeMap<>();
    private @Nullable Manifest manifest; // none until the first edit after opening
    private long manifestNumber;
    private volatile Version current = Version.empty();
    private volatile long lastSequence;
    private long nextFileNumber = 2; // guarded by this
    private long logNumber;

    private VersionSet(Path directory, StatsRecorder stats, String comparator) {
        this.directory = directory;
        this.stats = stats;
        this.comparator = comparator;
    }

    /** Whether there is a store in {@code directory}. */
    public static boolean exists(Path directory) {
        return Files.exists(directory.resolve(LsmFileNames.CURRENT));
    }

    /** A new store without tables; {@code directory} must not have one. Nothing is on disk before the first edit. */
    public static VersionSet create(Path directory, StatsRecorder stats) {
        return new VersionSet(directory, stats, BYTEWISE);
    }

    /**
     * The store in {@code directory} as its manifest says.
     *
     * @throws CorruptionException if {@code CURRENT} or the manifest are damaged
     * @throws StorageIoException if its keys have another order than {@link #BYTEWISE}
     */
    public static VersionSet recover(Path directory, StatsRecorder stats) {
        Path file = Manifest.current(directory);
        List<VersionEdit> edits = Manifest.read(file, stats);
        VersionSet recovered = new VersionSet(directory, stats, BYTEWISE);
        OptionalLong nextFile = OptionalLong.empty();
        OptionalLong sequence = OptionalLong.empty();
        OptionalLong log = OptionalLong.empty();
        for (VersionEdit edit : edits) {
            recovered.checkComparator(file, edit);
            recovered.remember(file, edit);
            nextFile = edit.nextFileNumber().isPresent() ? edit.nextFileNumber() : nextFile;
            sequence = edit.lastSequence().isPresent() ? edit.lastSequence() : sequence;
            log = edit.logNumber().isPresent() ? edit.logNumber() : log;
        }
        if (nextFile.isEmpty() || sequence.isEmpty() || log.isEmpty()) {
            throw new CorruptionException(
                    file,
                    0,
                    "edits that say the next file, the last sequence and the log",
                    edits.size() + " edits that do not");
        }
        recovered.nextFileNumber = nextFile.getAsLong();
        recovered.lastSequence = sequence.getAsLong();
        recovered.logNumber = log.getAsLong();
        recovered.markUsed(log.getAsLong());
        recovered.manifestNumber = LsmFileNames.parse(file).orElseThrow().number();
        return recovered;
    }

    /** The tables that make up the store now. */
    public Version current() {
        return current;
    }

    /** A number that no file of the store has had. */
    public synchronized long newFileNumber() {
        return nextFileNumber++;
    }

    /** Sees to it that {@code number} is not given out: there is a file with it. */
    public synchronized void markUsed(long number) {
        nextFileNumber = Math.max(nextFileNumber, number + 1);
    }

    /** The sequence of the last write. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Says which sequence the last write has. Never goes back. */
    public void setLastSequence(long sequence) {
        lastSequence = Math.max(lastSequence, sequence);
    }

    /** The first log whose writes may not all be in tables. */
    public long logNumber() {
        return logNumber;
    }

    /** The number of the manifest that counts. */
    public long manifestNumber() {
        return manifestNumber;
    }

    /** Behind which internal key the compaction of a level goes on; null for at its beginning. */
    public @Nullable Slice compactPointer(int level) {
        return compactPointers.get(level);
    }

    /**
     * Makes the version after {@code edit} the one that counts. The edit's log number, next file number and last
     * sequence are filled in where it does not say them. Returns when it is on the disk.
     *
     * @throws IllegalArgumentException if the edit does not fit the version; nothing has changed then
     * @throws StorageIoException if it cannot be written. Nobody knows then whether it is on the disk: the store has to
     *     be opened again
     */
    public void apply(VersionEdit edit) {
        Version next = current.with(edit);
        if (edit.logNumber().isEmpty()) {
            edit.setLogNumber(logNumber);
        }
        edit.setPreviousLogNumber(0).setLastSequence(lastSequence);
        Manifest log = manifest;
        if (log == null) {
            manifestNumber = newFileNumber();
            edit.setNextFileNumber(peekFileNumber());
            manifest = Manifest.create(directory, manifestNumber, whole(next, edit), stats);
        } else {
            edit.setNextFileNumber(peekFileNumber());
            log.append(edit);
        }
        logNumber = edit.logNumber().getAsLong();
        edit.compactPointers().forEach(pointer -> compactPointers.put(pointer.level(), pointer.key()));
        current = next;
    }

    /** Closes the manifest. */
    @Override
    public void close() {
        if (manifest != null) {
            manifest.close();
        }
    }

    private synchronized long peekFileNumber() {
        return nextFileNumber;
    }

    /** One edit that says everything, with the counters of {@code last}. */
    private VersionEdit whole(Version version, VersionEdit last) {
        VersionEdit edit = new VersionEdit()
                .setComparator(comparator)
                .setLogNumber(last.logNumber().orElseThrow())
                .setPreviousLogNumber(0)
                .setNextFileNumber(last.nextFileNumber().orElseThrow())
                .setLastSequence(lastSequence);
        Map<Integer, Slice> pointers = new TreeMap<>(compactPointers);
        last.compactPointers().forEach(pointer -> pointers.put(pointer.level(), pointer.key()));
        pointers.forEach(edit::setCompactPointer);
        for (int level = 0; level < Version.LEVELS; level++) {
            for (FileMetadata file : version.files(level)) {
                edit.add(level, file);
            }
        }
        return edit;
    }

    private void checkComparator(Path file, VersionEdit edit) {
        String name = edit.comparator();
        if (name != null && !Objects.equals(name, comparator)) {
            throw new StorageIoException(
                    "opening " + directory,
                    new IOException(file.getFileName() + " says that its keys are in the order " + name
                            + ", and this program knows " + comparator));
        }
    }

    private void remember(Path file, VersionEdit edit) {
        try {
            current = current.with(edit);
        } catch (IllegalArgumentException e) {
            throw new CorruptionException(file, 0, "edits that fit together", String.valueOf(e.getMessage()));
        }
        edit.compactPointers().forEach(pointer -> compactPointers.put(pointer.level(), pointer.key()));
    }
}
