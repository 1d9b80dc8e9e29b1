package storagelab.manifest;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * The version of a store that counts, the counters that go with it, and how both get to the disk.
 *
 * <p>Invariant: what {@link #current} returns is on the disk, and everything that it needs is. A table is synced, and
 * its name in the directory, before an edit that adds it is appended; the edit is synced before anybody sees the
 * version; and only then tables that went may be deleted. A crash in between may leave a file that nobody needs, and
 * never a version that needs a file which is not there.
 *
 * <p>Example: the memtable of log 9 is flushed as table 12, while log 11 takes the writes. Table 12 is written and
 * synced, then the directory is. Then the edit "the first log that is needed is 11, table 12 comes to level 0" is
 * appended and synced. Then the version is visible, and log 9 is deleted. If the power is cut before the edit is on
 * the disk, table 12 is of no use and is removed, and log 9 is read again; if it is cut later, table 12 counts, and
 * log 9 is removed.
 *
 * <p>An edit is appended to the manifest. In three cases the manifest is begun anew instead, with one edit that says
 * everything, and {@code CURRENT} is renamed to it:
 *
 * <ol>
 *   <li>at the first edit after opening: what a crash has left at its end is gone then;
 *   <li>when the version does not fit {@linkplain ManifestFormat the format} of the manifest any more, or fits
 *       LevelDB's again: a store whose levels are single runs is in LevelDB's format, any other is not;
 *   <li>when it has grown to more than 1 MiB and four times what one whole edit takes: a store of 100 tables with keys
 *       of 16 bytes says everything in about 6 KiB, and had 10,000 flushes and merges then. So a manifest costs at
 *       most a third more to write for being rewritten, and opening reads a little more than 1 MiB, or four times what
 *       it has to.
 * </ol>
 *
 * <p>Concurrency: {@code current}, {@code newFileNumber} and {@code lastSequence} from any thread; edits from one
 * thread at a time.
 */
public final class VersionSet implements Closeable {
    /** From how many bytes on a manifest may be begun anew. */
    static final long REWRITE_BYTES = 1 << 20;

    private static final int REWRITE_FACTOR = 4;
    private static final long SAME_AS_LAST = -1;

    private final Path directory;
    private final StatsRecorder stats;
    private final ManifestFormat preferred;
    private final Map<Integer, Slice> compactPointers = new TreeMap<>();
    private @Nullable Manifest manifest; // none until the first edit after opening
    private long manifestNumber;
    private long rewriteBytes = REWRITE_BYTES; // at which size the manifest is looked at next
    private volatile Version current = Version.empty();
    private volatile long lastSequence;
    private volatile long sequenceInTables = SAME_AS_LAST;
    private long nextFileNumber = 2; // guarded by this
    private long logNumber;

    private VersionSet(Path directory, StatsRecorder stats, ManifestFormat preferred) {
        this.directory = directory;
        this.stats = stats;
        this.preferred = preferred;
    }

    /** Whether there is a store in {@code directory}. */
    public static boolean exists(Path directory) {
        return Files.exists(directory.resolve(LsmFileNames.CURRENT));
    }

    /**
     * A new store without tables; {@code directory} must not have one. Nothing is on disk before the first edit.
     *
     * @param preferred in what format the manifest is as long as the version fits it
     */
    public static VersionSet create(Path directory, StatsRecorder stats, ManifestFormat preferred) {
        return new VersionSet(directory, stats, preferred);
    }

    /**
     * The store in {@code directory} as its manifest says, in whatever format that is: all edits from the first to the last,
     * and of each counter what was said last. Numbers of files go on where the manifest says, and behind that of the log.
     * Nothing is written.
     *
     * @param preferred in what format the manifest is from the first edit on, as long as the version fits it
     * @throws CorruptionException if {@code CURRENT} or the manifest are damaged, if the edits do not fit together, or if
     *     none of them says the next file number, the last sequence or the log
     * @throws StorageIoException if its keys have an order that no {@link ManifestFormat} has
     */
    @ExercisePart("5.6")
    public static VersionSet recover(Path directory, StatsRecorder stats, ManifestFormat preferred) {
        Path file = Manifest.current(directory);
        List<VersionEdit> edits = Manifest.read(file, stats);
        VersionSet recovered = new VersionSet(directory, stats, preferred);
        OptionalLong nextFile = OptionalLong.empty();
        OptionalLong sequence = OptionalLong.empty();
        OptionalLong log = OptionalLong.empty();
        for (VersionEdit edit : edits) {
            ManifestFormat.checkComparator("opening " + directory, file, edit.comparator());
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

    /**
     * Up to which sequence every write is in a table, in a store without a log: those after it are lost when the process
     * ends, so edits must not say that the store has them. In a store with a log this is {@link #lastSequence}.
     */
    public long sequenceInTables() {
        long sequence = sequenceInTables;
        return sequence == SAME_AS_LAST ? lastSequence : sequence;
    }

    /** Says that the store has no log, and up to which sequence its writes will be in tables with the next edit. */
    public void setSequenceInTables(long sequence) {
        sequenceInTables = sequence;
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
     * Makes the version after {@code edit} the one that counts, as the class says. Returns when it is on the disk; only
     * then does {@link #current} return it.
     *
     * <p>The counters that the edit says are ours: its last sequence is {@link #sequenceInTables}, its next file number a number
     * that was not given out, the number of a manifest that is begun anew included. Its log number is filled in where it says
     * none, the previous log is 0. The one edit that says everything has the name of the order of keys, these counters,
     * the compact pointers of all levels that have one, and all tables.
     *
     * <p>The manifest has the preferred format if the version fits LevelDB's, otherwise {@link ManifestFormat#RUNS}. What is
     * in memory is what is on the disk: in LevelDB's format the version is {@linkplain Version#withoutRuns without} what
     * the format does not know.
     *
     * <p>Example: {@code create} in an empty directory, {@code newFileNumber()} is 2 for a table, and an edit adds it. The
     * manifest gets number 3, and its first edit says next file number 4. Another edit is appended to it. After opening again,
     * the first edit begins manifest 4, and {@code MANIFEST-000003} is there until {@link #removeUnneeded}.
     *
     * @throws IllegalArgumentException if the edit does not fit the version; nothing has changed then
     * @throws StorageIoException if it cannot be written. Nobody knows then whether it is on the disk: the store has to
     *     be opened again
     */
    @ExercisePart("5.6")
    public void apply(VersionEdit edit) {
        Version next = current.with(edit);
        ManifestFormat format = next.fitsLevelDb() ? preferred : ManifestFormat.RUNS;
        if (format == ManifestFormat.LEVELDB) {
            next = next.withoutRuns(); // what is in memory is what is on the disk
        }
        if (edit.logNumber().isEmpty()) {
            edit.setLogNumber(logNumber);
        }
        edit.setPreviousLogNumber(0).setLastSequence(sequenceInTables());
        Manifest log = manifest;
        if (log == null || log.format() != format || isOvergrown(log, next, edit)) {
            rewrite(next, edit, format);
        } else {
            edit.setNextFileNumber(peekFileNumber());
            log.append(edit);
        }
        logNumber = edit.logNumber().orElseThrow();
        edit.compactPointers().forEach(pointer -> compactPointers.put(pointer.level(), pointer.key()));
        current = next;
    }

    /**
     * Removes what a crash may have left, and what was needed only until the last edit: logs before {@link #logNumber},
     * tables that {@link #current} does not have, under either name, manifests before the one that counts, and whatever was
     * on its way to another name. What {@link LsmFileNames#parse} does not know is left alone. Called when the first edit
     * after opening is on the disk, while nobody else creates files.
     */
    @ExercisePart("5.6")
    public void removeUnneeded() {
        Set<Long> tables = new HashSet<>();
        current.files().forEach(file -> tables.add(file.number()));
        for (Path file : LsmFileNames.list(directory)) {
            LsmFileNames.parse(file).ifPresent(parsed -> {
                boolean isNeeded = switch (parsed.kind()) {
                    case LOG -> parsed.number() >= logNumber;
                    case TABLE -> tables.contains(parsed.number());
                    case MANIFEST -> parsed.number() >= manifestNumber;
                    case TEMPORARY -> false;
                };
                if (!isNeeded) {
                    StoreFile.delete(file);
                }
            });
        }
    }

    /** Begins a new manifest with a version, and deletes the one before it when the new one counts. */
    @Solution
    private void rewrite(Version version, VersionEdit last, ManifestFormat format) {
        long number = newFileNumber();
        last.setNextFileNumber(peekFileNumber());
        Manifest before = manifest;
        Manifest.Whole whole = new Manifest.Whole(whole(version, last, format), format);
        manifest = Manifest.create(directory, number, whole, stats);
        manifestNumber = number;
        if (before != null) {
            before.close();
            StoreFile.delete(LsmFileNames.manifest(directory, before.number()));
        }
    }

    @Solution
    private boolean isOvergrown(Manifest log, Version version, VersionEdit last) {
        if (log.sizeBytes() <= rewriteBytes) {
            return false;
        }
        last.setNextFileNumber(peekFileNumber());
        long wholeBytes =
                whole(version, last, log.format()).encode(log.format()).length();
        rewriteBytes = Math.max(REWRITE_BYTES, REWRITE_FACTOR * wholeBytes);
        return log.sizeBytes() > rewriteBytes;
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
    @Solution
    private VersionEdit whole(Version version, VersionEdit last, ManifestFormat format) {
        VersionEdit edit = new VersionEdit()
                .setComparator(format.comparator())
                .setLogNumber(last.logNumber().orElseThrow())
                .setPreviousLogNumber(0)
                .setNextFileNumber(last.nextFileNumber().orElseThrow())
                .setLastSequence(sequenceInTables());
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

    @Solution
    private void remember(Path file, VersionEdit edit) {
        try {
            current = current.with(edit);
        } catch (IllegalArgumentException e) {
            throw new CorruptionException(file, 0, "edits that fit together", String.valueOf(e.getMessage()));
        }
        edit.compactPointers().forEach(pointer -> compactPointers.put(pointer.level(), pointer.key()));
    }
}
