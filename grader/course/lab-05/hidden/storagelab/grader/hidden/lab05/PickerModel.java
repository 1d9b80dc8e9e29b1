package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionPicker;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;

/**
 * A store whose tables are maps in memory: from a key, a number below a thousand, to when it was written last. A picker
 * says what is merged, until nothing is due; then each key is looked up, and has to be found as it was written last.
 */
final class PickerModel {
    private static final int ENTRY_BYTES = 100;
    private static final int MERGES_MAX = 300;

    private final CompactionPicker picker;
    private final int tableEntries;
    private final Map<Long, TreeMap<Integer, Long>> tables = new HashMap<>();
    private final TreeMap<Integer, Long> written = new TreeMap<>();
    private final Map<Integer, Slice> pointers = new HashMap<>();
    private Version version = Version.empty();
    private long nextNumber = 1;
    private long sequence;
    private Consumer<Compaction> watcher = merge -> {};

    /** A store without tables, whose merges write tables of so many entries. */
    PickerModel(CompactionPicker picker, int tableEntries) {
        this.picker = picker;
        this.tableEntries = tableEntries;
    }

    /** Shows each merge to somebody before it is done. Returns this. */
    PickerModel watchedBy(Consumer<Compaction> somebody) {
        watcher = somebody;
        return this;
    }

    Version version() {
        return version;
    }

    /** Writes some keys of a stretch, flushes them at a time, merges what is due, and reads everything. */
    void flush(Random random, long millis) {
        TreeMap<Integer, Long> flushed = new TreeMap<>();
        int width = 1 + random.nextInt(random.nextBoolean() ? 20 : 500);
        int from = random.nextInt(1000 - width);
        for (int i = 1 + random.nextInt(30); i > 0; i--) {
            flushed.put(from + random.nextInt(width), ++sequence);
        }
        written.putAll(flushed);
        FileMetadata table = table(flushed);
        version = version.with(new VersionEdit().add(0, table.inRun(table.number(), millis)));
        int merges = 0;
        for (Compaction due = pick(millis); due != null; due = pick(millis)) {
            merge(due);
            merges++;
            assertTrue(
                    merges < MERGES_MAX,
                    "after a flush, " + MERGES_MAX + " merges came to no end; the last was "
                            + PickerTables.describe(due));
        }
        read();
    }

    private @Nullable Compaction pick(long millis) {
        return picker.pick(version, new CompactionPicker.State(pointers::get, millis));
    }

    private void merge(Compaction compaction) {
        watcher.accept(compaction);
        compaction.check(version);
        List<FileMetadata> outputs = new ArrayList<>();
        if (compaction.isTrivialMove()) {
            outputs.addAll(compaction.files());
        } else {
            TreeMap<Integer, Long> merged = new TreeMap<>();
            compaction
                    .files()
                    .forEach(file -> entries(file).forEach((key, when) -> merged.merge(key, when, Math::max)));
            TreeMap<Integer, Long> part = new TreeMap<>();
            merged.forEach((key, when) -> {
                part.put(key, when);
                if (part.size() == tableEntries || key.equals(merged.lastKey())) {
                    outputs.add(table(new TreeMap<>(part)));
                    part.clear();
                }
            });
        }
        VersionEdit edit = compaction.edit(outputs);
        edit.compactPointers().forEach(pointer -> pointers.put(pointer.level(), pointer.key()));
        version = version.with(edit);
    }

    private FileMetadata table(TreeMap<Integer, Long> entries) {
        long number = nextNumber++;
        tables.put(number, entries);
        return new FileMetadata(
                number, (long) ENTRY_BYTES * entries.size(), key(entries.firstEntry()), key(entries.lastEntry()));
    }

    private TreeMap<Integer, Long> entries(FileMetadata file) {
        return Objects.requireNonNull(tables.get(file.number()), () -> file + " is not a table of the store");
    }

    private static Slice key(Map.Entry<Integer, Long> entry) {
        return Blocks.put("%03d".formatted(entry.getKey()), entry.getValue());
    }

    private void read() {
        TreeMap<Integer, Long> found = new TreeMap<>();
        List<SortedRun> runs = version.runs();
        for (int i = runs.size() - 1; i >= 0; i--) { // what is newer covers what is older
            runs.get(i).files().forEach(file -> found.putAll(entries(file)));
        }
        if (!found.equals(written)) {
            for (Map.Entry<Integer, Long> entry : written.entrySet()) {
                assertEquals(
                        entry.getValue(),
                        found.get(entry.getKey()),
                        "which write of key " + entry.getKey() + " is found first, in " + version);
            }
        }
    }
}
