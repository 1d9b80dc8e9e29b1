package storagelab.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.Crc32c;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * A manifest that everybody would write first: a text file, {@value #NAME}, that lists all tables of a store. When a
 * table comes or goes the whole list is written to another file, synced, and renamed over the old one. It is right, one
 * can read it, and each flush costs more than the one before. {@link VersionSet} is what it is compared with.
 *
 * <p>Format: lines that end with a line feed. Numbers are decimal, keys are internal keys in hexadecimal digits. Tables
 * are listed level by level, in the order of {@link Version#files(int)}. The checksum is the CRC-32C of all lines before
 * it.
 *
 * <pre>
 *   storagelab tables 1
 *   log 5
 *   next 10
 *   sequence 77
 *   table level 0 number 9 bytes 300 run 9 newest 0 from 610105000000000000 to 620106000000000000
 *   checksum ca008360
 * </pre>
 *
 * <p>A rename replaces a file in one step, but it may reach the disk before what is in the file: so the new file is
 * synced first. And it may reach the disk late: so the directory is synced afterwards.
 *
 * <p>Cost: an edit O(tables), whatever it changes: a line of about 100 bytes for each table, and two syncs.
 *
 * <p>Concurrency: one thread.
 */
public final class TextManifest {
    /** The file. */
    public static final String NAME = "TABLES.txt";

    private static final String TEMPORARY = "TABLES.txt.tmp";
    private static final String FIRST_LINE = "storagelab tables 1";
    private static final String CHECKSUM = "checksum ";

    private final Path directory;
    private final StatsRecorder stats;
    private Version current = Version.empty();
    private Counters counters = new Counters(0, 0, 0);

    /** What a list says besides its tables. */
    private record Counters(long log, long nextFile, long lastSequence) {
        Counters after(VersionEdit edit) {
            return new Counters(
                    edit.logNumber().orElse(log),
                    edit.nextFileNumber().orElse(nextFile),
                    edit.lastSequence().orElse(lastSequence));
        }
    }

    private TextManifest(Path directory, StatsRecorder stats) {
        this.directory = directory;
        this.stats = stats;
    }

    /**
     * The list in {@code directory}; an empty one if there is none. What a crash has left beside it is deleted. The lines
     * are read by {@link #read}.
     *
     * @throws CorruptionException if the file is not what was written; the message has the line
     */
    @ExercisePart("5.6")
    public static TextManifest open(Path directory, StatsRecorder stats) {
        TextManifest opened = new TextManifest(directory, stats);
        Path file = directory.resolve(NAME);
        try {
            Files.deleteIfExists(directory.resolve(TEMPORARY));
            if (Files.exists(file)) {
                opened.read(file, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        return opened;
    }

    /** The tables that make up the store now. */
    public Version current() {
        return current;
    }

    /** The first log that is needed, as the edits have said; 0 if none has. */
    public long logNumber() {
        return counters.log;
    }

    /** A number that no file has; 0 if no edit has said one. */
    public long nextFileNumber() {
        return counters.nextFile;
    }

    /** The largest sequence in tables; 0 if no edit has said one. */
    public long lastSequence() {
        return counters.lastSequence;
    }

    /**
     * Makes the version after {@code edit} the one that counts: its {@link #text} is written to {@code TABLES.txt.tmp}, that
     * is synced and renamed, and the directory is synced. Returns when it is on the disk.
     *
     * @throws IllegalArgumentException if the edit does not fit the version; nothing has changed then
     * @throws StorageIoException if it cannot be written. Nobody knows then whether it is on the disk: the list has to be
     *     opened again
     */
    @ExercisePart("5.6")
    public void apply(VersionEdit edit) {
        Version next = current.with(edit);
        Counters after = counters.after(edit);
        replace(text(next, after));
        current = next;
        counters = after;
    }

    @Solution
    private void replace(String text) {
        Path temporary = directory.resolve(TEMPORARY);
        try {
            Files.deleteIfExists(temporary);
            try (StoreFile file = StoreFile.create(temporary, stats)) {
                file.append(Slice.utf8(text));
                file.sync();
            }
            Files.move(temporary, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("replacing " + directory.resolve(NAME), e);
        }
        Directories.sync(directory, stats);
    }

    /** All lines, the checksum included. */
    private static String text(Version version, Counters counters) {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        text.append("log ").append(counters.log).append('\n');
        text.append("next ").append(counters.nextFile).append('\n');
        text.append("sequence ").append(counters.lastSequence).append('\n');
        for (int level = 0; level < Version.LEVELS; level++) {
            for (FileMetadata table : version.files(level)) {
                text.append(line(level, table)).append('\n');
            }
        }
        return text + CHECKSUM + checksum(text.toString()) + "\n";
    }

    private static String line(int level, FileMetadata table) {
        return "table level " + level + " number " + table.number() + " bytes " + table.sizeBytes() + " run "
                + table.run() + " newest " + table.newestMillis() + " from " + hex(table.smallest()) + " to "
                + hex(table.largest());
    }

    private static String checksum(String text) {
        return "%08x".formatted(Crc32c.of(text.getBytes(UTF_8)));
    }

    private static String hex(Slice bytes) {
        return BaseEncoding.base16().lowerCase().encode(bytes.toByteArray());
    }

    /** Takes over what the bytes of a list say. */
    private void read(Path file, byte[] bytes) {
        String text = new String(bytes, UTF_8);
        int end = text.lastIndexOf("\n" + CHECKSUM) + 1;
        String expected = CHECKSUM + checksum(text.substring(0, end)) + "\n";
        if (end == 0 || !text.substring(end).equals(expected)) {
            throw new CorruptionException(
                    file,
                    end,
                    expected.strip(),
                    end == 0 ? "no checksum" : text.substring(end).strip());
        }
        List<String> lines = text.substring(0, end).lines().toList();
        VersionEdit edit = new VersionEdit();
        int at = 0;
        try {
            for (int i = 0; i < lines.size(); i++) {
                readLine(i, lines.get(i).split(" ", -1), edit);
                at += lines.get(i).length() + 1;
            }
            current = current.with(edit);
            counters = counters.after(edit);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptionException(file, at, "a list of tables", e + " in its lines");
        }
    }

    private static void readLine(int number, String[] words, VersionEdit edit) {
        switch (number) {
            case 0 -> check(String.join(" ", words), FIRST_LINE);
            case 1 -> edit.setLogNumber(number(words, 0, "log"));
            case 2 -> edit.setNextFileNumber(number(words, 0, "next"));
            case 3 -> edit.setLastSequence(number(words, 0, "sequence"));
            default -> {
                check(words[0], "table");
                FileMetadata table = new FileMetadata(
                        number(words, 3, "number"),
                        number(words, 5, "bytes"),
                        key(words, 11, "from"),
                        key(words, 13, "to"));
                edit.add(
                        Math.toIntExact(number(words, 1, "level")),
                        table.inRun(number(words, 7, "run"), number(words, 9, "newest")));
            }
        }
    }

    private static long number(String[] words, int index, String name) {
        check(words[index], name);
        return Long.parseLong(words[index + 1]);
    }

    private static Slice key(String[] words, int index, String name) {
        check(words[index], name);
        return Slice.wrap(BaseEncoding.base16().lowerCase().decode(words[index + 1]));
    }

    private static void check(String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new IllegalArgumentException("'" + actual + "' where '" + expected + "' should be");
        }
    }
}
