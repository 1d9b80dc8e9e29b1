package storagelab.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;
import storagelab.codec.UnknownFormatException;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.sstable.InternalKey;

/**
 * The difference between one version of a store and the next: tables that come, tables that go, and counters. What is
 * not said stays as it was.
 *
 * <p>Format: fields in any order, each a varint, the tag, and what belongs to it. Numbers are varints, keys and names
 * are a varint length and bytes, keys are internal.
 *
 * <table>
 *   <caption>Fields</caption>
 *   <tr><th>tag</th><th>field</th><th>what follows</th></tr>
 *   <tr><td>1</td><td>comparator</td><td>name of the order of keys</td></tr>
 *   <tr><td>2</td><td>log number</td><td>logs before this one are not needed any more</td></tr>
 *   <tr><td>3</td><td>next file number</td><td>no file has this number or a greater one</td></tr>
 *   <tr><td>4</td><td>last sequence</td><td>of all writes in tables</td></tr>
 *   <tr><td>5</td><td>compact pointer</td><td>level, key: compaction of the level goes on behind it</td></tr>
 *   <tr><td>6</td><td>deleted file</td><td>level, number</td></tr>
 *   <tr><td>7</td><td>new file</td><td>level, number, size, smallest key, largest key</td></tr>
 *   <tr><td>9</td><td>previous log number</td><td>not used any more; 0</td></tr>
 *   <tr><td>64</td><td>new file in a run</td><td>as 7, then its run and its newest time in milliseconds</td></tr>
 * </table>
 *
 * <p>Tag 64 is ours: {@link ManifestFormat#RUNS} has it in the place of tag 7. A table that comes by tag 7 is the run
 * of its own number on level 0, and a part of the {@linkplain FileMetadata#ONLY_RUN only run} on any other.
 *
 * <p>Examples: "the log is 5, table 3 left level 0" is {@code 02 05 06 00 03}. "Table 9 of 300 bytes comes to level 1,
 * with keys from {@code a} at sequence 5 to {@code b} at sequence 6, in run 8, nothing newer than 1000 ms" is {@code
 * 40 01 09 ac02 09 610105000000000000 09 620106000000000000 08 e807}. In LevelDB's format it begins with {@code 07}
 * and ends before {@code 08}.
 *
 * <p>Concurrency: one thread. Source: LevelDB, {@code db/version_edit.cc}.
 */
public final class VersionEdit {
    private static final int COMPARATOR = 1;
    private static final int LOG_NUMBER = 2;
    private static final int NEXT_FILE_NUMBER = 3;
    private static final int LAST_SEQUENCE = 4;
    private static final int COMPACT_POINTER = 5;
    private static final int DELETED_FILE = 6;
    private static final int NEW_FILE = 7;
    private static final int PREVIOUS_LOG_NUMBER = 9;
    private static final int NEW_FILE_IN_RUN = 64;

    /**
     * Where the compaction of a level goes on.
     *
     * @param level of which
     * @param key internal
     */
    public record CompactPointer(int level, Slice key) {}

    /**
     * A table that goes.
     *
     * @param level which it leaves
     * @param number of its file
     */
    public record DeletedFile(int level, long number) {}

    /**
     * A table that comes.
     *
     * @param level to which
     * @param file what it is
     */
    public record NewFile(int level, FileMetadata file) {}

    private @Nullable String comparator;
    private OptionalLong logNumber = OptionalLong.empty();
    private OptionalLong previousLogNumber = OptionalLong.empty();
    private OptionalLong nextFileNumber = OptionalLong.empty();
    private OptionalLong lastSequence = OptionalLong.empty();
    private final List<CompactPointer> compactPointers = new ArrayList<>();
    private final List<DeletedFile> deletedFiles = new ArrayList<>();
    private final List<NewFile> newFiles = new ArrayList<>();

    /** The name of the order of keys, if it is said. */
    public @Nullable String comparator() {
        return comparator;
    }

    /** Says the name of the order of keys. */
    public VersionEdit setComparator(String name) {
        comparator = name;
        return this;
    }

    /** The first log that is needed, if it is said. */
    public OptionalLong logNumber() {
        return logNumber;
    }

    /** Says which log is the first that is needed. */
    public VersionEdit setLogNumber(long number) {
        logNumber = OptionalLong.of(number);
        return this;
    }

    /** A log before the first one that is needed, too, if it is said: 0 for none. */
    public OptionalLong previousLogNumber() {
        return previousLogNumber;
    }

    /** Says that the log before is needed, too; 0 for none. */
    public VersionEdit setPreviousLogNumber(long number) {
        previousLogNumber = OptionalLong.of(number);
        return this;
    }

    /** A number that no file has, nor any greater one, if it is said. */
    public OptionalLong nextFileNumber() {
        return nextFileNumber;
    }

    /** Says which number no file has. */
    public VersionEdit setNextFileNumber(long number) {
        nextFileNumber = OptionalLong.of(number);
        return this;
    }

    /** The largest sequence in tables, if it is said. */
    public OptionalLong lastSequence() {
        return lastSequence;
    }

    /** Says the largest sequence in tables. */
    public VersionEdit setLastSequence(long sequence) {
        lastSequence = OptionalLong.of(sequence);
        return this;
    }

    /** Where compactions go on. */
    public List<CompactPointer> compactPointers() {
        return compactPointers;
    }

    /** Says where the compaction of a level goes on. */
    public VersionEdit setCompactPointer(int level, Slice key) {
        compactPointers.add(new CompactPointer(level, key));
        return this;
    }

    /** Tables that go. */
    public List<DeletedFile> deletedFiles() {
        return deletedFiles;
    }

    /** Says that a table goes. */
    public VersionEdit delete(int level, long number) {
        deletedFiles.add(new DeletedFile(level, number));
        return this;
    }

    /** Tables that come. */
    public List<NewFile> newFiles() {
        return newFiles;
    }

    /** Says that a table comes. On level 0 it becomes a run of its own. */
    public VersionEdit add(int level, FileMetadata file) {
        newFiles.add(new NewFile(level, level == 0 ? file.inRun(file.number(), file.newestMillis()) : file));
        return this;
    }

    /** Whether tables come to or leave a level. */
    public boolean changes(int level) {
        return newFiles.stream().anyMatch(file -> file.level == level)
                || deletedFiles.stream().anyMatch(file -> file.level == level);
    }

    /**
     * The bytes. Fields that say nothing are left out, the others come in the order in which LevelDB writes them:
     * comparator, log number, previous log number, next file number, last sequence, compact pointers, deleted files, new
     * files; several of a kind in the order in which they were added. What the format does not know is left out as well:
     * in LevelDB's a new file has tag 7, and neither run nor time.
     *
     * <p>Cost: O(bytes).
     */
    @Exercise(
            id = "5.6",
            title = "A log of edits says which tables there are",
            points = 8,
            difficulty = Difficulty.HARD,
            hours = 6,
            needs = {"5.2", "5.3"})
    public Slice encode(ManifestFormat format) {
        ByteWriter out = new ByteWriter(256);
        if (comparator != null) {
            out.putVarint32(COMPARATOR).putLengthPrefixed(Slice.utf8(comparator));
        }
        logNumber.ifPresent(number -> out.putVarint32(LOG_NUMBER).putVarint64(number));
        previousLogNumber.ifPresent(
                number -> out.putVarint32(PREVIOUS_LOG_NUMBER).putVarint64(number));
        nextFileNumber.ifPresent(number -> out.putVarint32(NEXT_FILE_NUMBER).putVarint64(number));
        lastSequence.ifPresent(sequence -> out.putVarint32(LAST_SEQUENCE).putVarint64(sequence));
        for (CompactPointer pointer : compactPointers) {
            out.putVarint32(COMPACT_POINTER).putVarint32(pointer.level).putLengthPrefixed(pointer.key);
        }
        for (DeletedFile deleted : deletedFiles) {
            out.putVarint32(DELETED_FILE).putVarint32(deleted.level).putVarint64(deleted.number);
        }
        for (NewFile added : newFiles) {
            out.putVarint32(format == ManifestFormat.RUNS ? NEW_FILE_IN_RUN : NEW_FILE);
            out.putVarint32(added.level).putVarint64(added.file.number()).putVarint64(added.file.sizeBytes());
            out.putLengthPrefixed(added.file.smallest()).putLengthPrefixed(added.file.largest());
            if (format == ManifestFormat.RUNS) {
                out.putVarint64(added.file.run()).putVarint64(added.file.newestMillis());
            }
        }
        return out.toSlice();
    }

    /**
     * Reads an edit, in either format: fields in any order, tag 7 beside tag 64. Where a field that can only be said once
     * comes twice, the last one counts.
     *
     * @throws IllegalArgumentException if a tag is unknown, a level is not one, a number is negative, or the bytes end in
     *     the middle of a field; or if a key is shorter than the eight bytes of a tag. The message says what was expected
     */
    @ExercisePart("5.6")
    public static VersionEdit decode(Slice bytes) {
        VersionEdit edit = new VersionEdit();
        ByteReader in = new ByteReader(bytes);
        try {
            while (in.remaining() > 0) {
                edit.readField(in);
            }
        } catch (MalformedBytesException e) {
            throw new IllegalArgumentException("the rest of a field at byte " + in.position(), e);
        }
        return edit;
    }

    @Solution
    private void readField(ByteReader in) {
        int at = in.position();
        int tag = in.readVarint32();
        switch (tag) {
            case COMPARATOR -> setComparator(in.readLengthPrefixed().toUtf8());
            case LOG_NUMBER -> setLogNumber(number(in));
            case PREVIOUS_LOG_NUMBER -> setPreviousLogNumber(number(in));
            case NEXT_FILE_NUMBER -> setNextFileNumber(number(in));
            case LAST_SEQUENCE -> setLastSequence(number(in));
            case COMPACT_POINTER -> setCompactPointer(level(in), key(in));
            case DELETED_FILE -> delete(level(in), number(in));
            case NEW_FILE -> {
                int level = level(in);
                add(level, new FileMetadata(number(in), number(in), key(in), key(in)));
            }
            case NEW_FILE_IN_RUN -> {
                int level = level(in);
                FileMetadata file = new FileMetadata(number(in), number(in), key(in), key(in));
                add(level, file.inRun(number(in), number(in)));
            }
            default ->
                throw new UnknownFormatException("one of the tags 1 to 7, 9 and 64, not " + tag + " at byte " + at);
        }
    }

    @Solution
    private static long number(ByteReader in) {
        long number = in.readVarint64();
        if (number < 0) {
            throw new IllegalArgumentException("a number of at most 63 bits, not " + Long.toUnsignedString(number));
        }
        return number;
    }

    @Solution
    private static int level(ByteReader in) {
        int level = in.readVarint32();
        if (level < 0 || level >= Version.LEVELS) {
            throw new IllegalArgumentException("a level from 0 to " + (Version.LEVELS - 1) + ", not " + level);
        }
        return level;
    }

    @Solution
    private static Slice key(ByteReader in) {
        Slice key = in.readLengthPrefixed();
        if (key.length() < InternalKey.TAG_BYTES) {
            throw new IllegalArgumentException("an internal key, not " + key);
        }
        return key;
    }

    @Override
    public String toString() {
        return "+" + newFiles + " -" + deletedFiles;
    }
}
