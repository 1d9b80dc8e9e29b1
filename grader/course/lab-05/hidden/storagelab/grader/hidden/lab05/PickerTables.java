package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionPicker;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;

/**
 * Versions of tables that are not there, for the hidden tests of pickers. Tables have the numbers 101, 102 and so on, in
 * the order in which they are added.
 */
final class PickerTables {
    /** What a picker says that wants nothing. */
    static final String NOTHING = "nothing";

    private final VersionEdit edit = new VersionEdit();
    private long number = 100;

    /** Adds tables from a to z to level 0, each newer than the one before it. */
    PickerTables flushed(long... bytes) {
        for (long size : bytes) {
            flushedAt(0, size);
        }
        return this;
    }

    /** Adds a table from a to z to level 0, written at a time. */
    PickerTables flushedAt(long millis, long bytes) {
        number++;
        return add(0, new FileMetadata(number, bytes, key("a"), key("z")).inRun(number, millis));
    }

    /** Adds a table to level 0. */
    PickerTables flushed(String from, String to, long bytes) {
        number++;
        return add(0, new FileMetadata(number, bytes, key(from), key(to)).inRun(number, 0));
    }

    /** Adds a table to the only run of a level. */
    PickerTables table(int level, String from, String to, long bytes) {
        return table(level, key(from), key(to), bytes);
    }

    /** Adds a table between two internal keys to the only run of a level. */
    PickerTables table(int level, Slice from, Slice to, long bytes) {
        number++;
        return add(level, new FileMetadata(number, bytes, from, to));
    }

    /** Adds runs of one table each, from a to z, with the greatest number first, down to 1. */
    PickerTables runs(int level, long... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            run(level, bytes.length - i, bytes[i], 0);
        }
        return this;
    }

    /** Adds a run of one table from a to z. */
    PickerTables run(int level, long run, long bytes, long millis) {
        number++;
        return add(level, new FileMetadata(number, bytes, key("a"), key("z")).inRun(run, millis));
    }

    /** Adds a table to a run. */
    PickerTables part(int level, long run, String from, String to, long bytes) {
        number++;
        return add(level, new FileMetadata(number, bytes, key(from), key(to)).inRun(run, 0));
    }

    private PickerTables add(int level, FileMetadata file) {
        edit.add(level, file);
        return this;
    }

    Version version() {
        return Version.empty().with(edit);
    }

    /** The internal key of a value. */
    static Slice key(String user) {
        return Blocks.put(user, 7);
    }

    /** A store in which nothing was merged, at a time. */
    static CompactionPicker.State at(long millis) {
        return new CompactionPicker.State(level -> null, millis);
    }

    /** Fails if the picker picks anything else, or if that would jump over something. */
    static void assertPicks(String expected, CompactionPicker picker, Version version) {
        assertPicks(expected, picker, version, at(0));
    }

    /** Fails if the picker picks anything else, or if that would jump over something. */
    static void assertPicks(String expected, CompactionPicker picker, Version version, CompactionPicker.State state) {
        Compaction picked = pick(picker, version, state);
        assertEquals(expected, describe(picked), "what " + picker + " picks of " + describe(version));
        if (picked != null) {
            picked.check(version);
        }
    }

    private static @Nullable Compaction pick(CompactionPicker picker, Version version, CompactionPicker.State state) {
        try {
            return picker.pick(version, state);
        } catch (IllegalArgumentException e) {
            throw new AssertionError(
                    picker + " makes " + e.getMessage() + ", which there cannot be, of " + describe(version), e);
        }
    }

    /** As in {@code size: 0 [104 103], 1 [101] into run 0 of level 1}: levels, with the numbers of tables. */
    static String describe(@Nullable Compaction compaction) {
        if (compaction == null) {
            return NOTHING;
        }
        StringBuilder text = new StringBuilder(compaction.reason()).append(": ");
        for (Compaction.LevelInput input : compaction.inputs()) {
            text.append(input.level()).append(" [");
            text.append(String.join(
                    " ",
                    input.files().stream()
                            .map(file -> Long.toString(file.number()))
                            .toList()));
            text.append("], ");
        }
        text.setLength(text.length() - 2);
        return text + " into run " + compaction.outputRun() + " of level " + compaction.outputLevel();
    }

    /** A line a level, with the number, run, bytes and user's keys of each table. */
    private static String describe(Version version) {
        StringBuilder text = new StringBuilder();
        for (int level = 0; level < Version.LEVELS; level++) {
            for (FileMetadata file : version.files(level)) {
                text.append("\n  level %d, run %d: table %d, %s to %s, %d bytes"
                        .formatted(
                                level,
                                file.run(),
                                file.number(),
                                file.smallestUserKey(),
                                file.largestUserKey(),
                                file.sizeBytes()));
                text.append(file.newestMillis() == 0 ? "" : ", " + file.newestMillis() + " ms");
            }
        }
        return text + "\n";
    }
}
