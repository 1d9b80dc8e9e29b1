package storagelab.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.UnknownFormatException;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogReader;
import storagelab.log.LogWriter;

/**
 * The log of {@link VersionEdit}s on disk. A flush adds one table to hundreds that are there already: writing the list
 * anew each time would cost more with every table, so only the difference is written. Reading all differences from the
 * beginning gives the list.
 *
 * <p>Which file is the log is said by another one, {@code CURRENT}. A new log begins with one edit that says
 * everything, is synced, and only then named in {@code CURRENT}: the name is written to a temporary file, that is
 * synced and renamed, and the directory is synced. So {@code CURRENT} names a whole log at any moment, the old one or
 * the new one. The old one is deleted after that.
 *
 * <p>Concurrency: one thread. Source: LevelDB, {@code db/version_set.cc} and {@code db/filename.cc}.
 */
final class Manifest implements Closeable {
    private static final Pattern CURRENT_TEXT = Pattern.compile("MANIFEST-[0-9]{1,18}\n");

    /**
     * What a manifest begins with.
     *
     * @param edit that says everything
     * @param format of this edit and all that follow
     */
    record Whole(VersionEdit edit, ManifestFormat format) {}

    private final LogWriter log;
    private final ChannelLogOutput output;
    private final long number;
    private final ManifestFormat format;

    private Manifest(ChannelLogOutput output, long number, ManifestFormat format) {
        this.output = output;
        this.log = new LogWriter(output);
        this.number = number;
        this.format = format;
    }

    /**
     * Creates a manifest that begins with {@code whole}, and makes it the one that counts. In this order, so that at every
     * moment {@code CURRENT} names a manifest that is there, whole:
     *
     * <ol>
     *   <li>{@code MANIFEST-000004} is created, {@code whole} appended to it, and the file synced, once. In the format {@link
     *       ManifestFormat#RUNS} an edit with the order of keys and nothing else is appended before {@code whole}. LevelDB
     *       reads edit by edit: it meets the name, which it refuses with a message that names it, before a tag that it does
     *       not know, which it would take for damage;
     *   <li>the directory is synced: the new file has its name for good;
     *   <li>{@code 000004.dbtmp} is written, "MANIFEST-000004" and a line feed, and synced. One that a crash has left is
     *       written over;
     *   <li>it is renamed to {@code CURRENT}, and the directory is synced.
     * </ol>
     *
     * @throws StorageIoException if something of it fails; the file is closed then
     */
    @ExercisePart("5.6")
    static Manifest create(Path directory, long number, Whole whole, StatsRecorder stats) {
        ChannelLogOutput output = new ChannelLogOutput(LsmFileNames.manifest(directory, number), stats);
        Manifest created = new Manifest(output, number, whole.format);
        try {
            if (whole.format == ManifestFormat.RUNS) {
                VersionEdit name = new VersionEdit().setComparator(whole.format.comparator());
                created.log.append(name.encode(whole.format));
            }
            created.append(whole.edit);
            Directories.sync(directory, stats);
            makeCurrent(directory, number, stats);
            return created;
        } catch (RuntimeException | Error e) {
            try (created) {
                throw e;
            }
        }
    }

    /** Appends an edit as one record, in the manifest's format. Returns when it is on the disk. */
    @ExercisePart("5.6")
    void append(VersionEdit edit) {
        log.append(edit.encode(format));
        log.sync();
    }

    /** The number in its name. */
    long number() {
        return number;
    }

    /** In which format its edits are. */
    ManifestFormat format() {
        return format;
    }

    /** Bytes of the log so far. */
    long sizeBytes() {
        return output.sizeBytes();
    }

    /**
     * The manifest that {@code CURRENT} names; whether it is there is not looked at.
     *
     * @throws CorruptionException if {@code CURRENT} has anything but the name of a manifest ({@link LsmFileNames#parse})
     *     and a line feed
     * @throws StorageIoException if it cannot be read
     */
    @ExercisePart("5.6")
    static Path current(Path directory) {
        Path current = directory.resolve(LsmFileNames.CURRENT);
        String text;
        try {
            text = new String(Files.readAllBytes(current), ISO_8859_1); // any bytes at all, if it is damaged
        } catch (IOException e) {
            throw new StorageIoException("reading " + current, e);
        }
        if (!CURRENT_TEXT.matcher(text).matches()) {
            throw new CorruptionException(
                    current, 0, "the name of a manifest and a line feed", "\"" + text.strip() + "\"");
        }
        return directory.resolve(text.strip());
    }

    /**
     * All edits of a manifest, in their order. What was not written to its end is left out: it was never acknowledged.
     * So damage counts only if an edit follows that can be read.
     * (Whether something is missing that was, {@link VersionSet} finds out: it needs files that are not there any
     * more.)
     *
     * @throws CorruptionException if something is damaged before an edit that is not, or the file is not there
     */
    @ExercisePart("5.6")
    static List<VersionEdit> read(Path manifest, StatsRecorder stats) {
        if (Files.notExists(manifest)) {
            throw new CorruptionException(manifest, 0, "the manifest that CURRENT names", "no file");
        }
        List<VersionEdit> edits = new ArrayList<>();
        List<LogReader.Damage> damages = new ArrayList<>();
        try (StoreFile file = StoreFile.openForReading(manifest, stats)) {
            LogReader reader = new LogReader(file, damages::add);
            for (Slice record = reader.next(); record != null; record = reader.next()) {
                if (!damages.isEmpty()) {
                    LogReader.Damage first = damages.get(0);
                    throw new CorruptionException(manifest, first.offset(), "an edit", first.reason());
                }
                edits.add(decoded(manifest, record));
            }
        }
        return edits;
    }

    @Solution
    private static VersionEdit decoded(Path manifest, Slice record) {
        try {
            return VersionEdit.decode(record);
        } catch (UnknownFormatException e) {
            throw CorruptionException.unknownFormat(manifest, 0, "an edit should have " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new CorruptionException(manifest, 0, "an edit with " + e.getMessage(), record.toString());
        }
    }

    @Solution
    private static void makeCurrent(Path directory, long number, StatsRecorder stats) {
        Path temporary = LsmFileNames.temporary(directory, number);
        String name = LsmFileNames.manifest(directory, number).getFileName().toString();
        try {
            Files.deleteIfExists(temporary);
            try (StoreFile file = StoreFile.create(temporary, stats)) {
                file.append(Slice.utf8(name + "\n"));
                file.sync();
            }
            Files.move(temporary, directory.resolve(LsmFileNames.CURRENT), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("making " + name + " the current manifest", e);
        }
        Directories.sync(directory, stats);
    }

    @Override
    public void close() {
        output.close();
    }
}
