package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.disk.CrashDisk;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.testkit.Seeds;

class LsmCompactRangeTest {
    private static final LsmOptions OPTIONS = LsmOptions.defaults()
            .withMemtableBytes(2000)
            .withTableBytes(1000)
            .withPicker(new LeveledPicker(4, 8000, 4))
            .withMaintenance(MaintenanceKind.FOREGROUND);

    private final TreeMap<Slice, Slice> content = new TreeMap<>();

    private static Slice key(int number) {
        return Slice.utf8("key%04d".formatted(number));
    }

    private void write(LsmStore store, int count, int seed) {
        for (int i = 0; i < count; i++) {
            Slice key = key((i * 7919 + seed) % 1000);
            if (i % 5 == 0) {
                store.delete(key);
                content.remove(key);
            } else {
                store.put(key, Slice.utf8("value " + seed + " " + i));
                content.put(key, Slice.utf8("value " + seed + " " + i));
            }
        }
    }

    private static List<Integer> levelsWith(Version version, KeyRange range) {
        List<Integer> levels = new ArrayList<>();
        for (int level = 0; level < Version.LEVELS; level++) {
            for (FileMetadata file : version.files(level)) {
                Slice to = range.to();
                boolean overlaps = file.largestUserKey().compareTo(range.from()) >= 0
                        && (to == null || file.smallestUserKey().compareTo(to) < 0);
                if (overlaps && !levels.contains(level)) {
                    levels.add(level);
                }
            }
        }
        return levels;
    }

    @Test
    @DisplayName("the keys of a range are on one level then, and all keys have their values")
    void oneLevel() {
        Seeds.check(10, random -> {
            content.clear();
            try (LsmStore store = LsmStore.open(CrashDisk.create().root(), OPTIONS)) {
                write(store, 3000, random.nextInt(1000));
                assertTrue(levelsWith(store.version(), KeyRange.all()).size() > 1, "levels " + store.version());
                int from = random.nextInt(900);
                KeyRange range = KeyRange.of(key(from), key(from + 1 + random.nextInt(99)));
                store.compact(range);
                assertTrue(
                        levelsWith(store.version(), range).size() <= 1, range + " is on one level: " + store.version());
                assertEquals(content, LevelDbDatabases.forward(store));
                store.verify();
                store.compact(KeyRange.all());
                assertEquals(1, levelsWith(store.version(), KeyRange.all()).size(), "levels " + store.version());
                assertEquals(content, LevelDbDatabases.forward(store));
                store.verify();
            }
        });
    }

    @Test
    @DisplayName("what a snapshot sees stays; a range without keys, and an empty store, are nothing to do")
    void snapshotsAndNothing() {
        try (LsmStore store = LsmStore.open(CrashDisk.create().root(), OPTIONS)) {
            store.compact(KeyRange.all());
            write(store, 2000, 1);
            store.put(key(7), Slice.utf8("old"));
            try (Snapshot before = store.snapshot()) {
                store.delete(key(7));
                store.compact(KeyRange.prefix(Slice.utf8("key0007")));
                assertEquals(Optional.of(Slice.utf8("old")), before.get(key(7)));
                assertEquals(Optional.empty(), store.get(key(7)));
            }
            store.flush();
            List<FileMetadata> files = store.version().files();
            store.compact(KeyRange.from(Slice.utf8("z")));
            assertEquals(files, store.version().files(), "after a range that no table has");
        }
    }

    @Test
    @DisplayName("levels of several runs are merged as a whole")
    void manyRuns() {
        try (LsmStore store =
                LsmStore.open(CrashDisk.create().root(), OPTIONS.withPicker(LazyLeveledPicker.tiering(3)))) {
            for (int i = 0; i < 20 || store.version().fitsLevelDb(); i++) {
                write(store, 100, i);
            }
            assertFalse(store.version().fitsLevelDb());
            store.compact(KeyRange.prefix(Slice.utf8("key0")));
            assertEquals(1, store.version().runs().size(), "runs " + store.version());
            assertEquals(content, LevelDbDatabases.forward(store));
            store.verify();
        }
    }

    @Test
    @DisplayName("properties have LevelDB's names, and others there are none")
    void properties() {
        try (LsmStore store = LsmStore.open(CrashDisk.create().root(), OPTIONS)) {
            write(store, 3000, 1);
            store.compactAll();
            int tables = store.version().files().size();
            assertEquals(Optional.of("0"), store.property("leveldb.num-files-at-level0"));
            assertEquals(Optional.of("" + tables), store.property("leveldb.num-files-at-level6"));
            for (String none :
                    List.of("leveldb.num-files-at-level7", "leveldb.num-files-at-level", "stats", "leveldb.x")) {
                assertEquals(Optional.empty(), store.property(none), none);
            }
            FileMetadata first = store.version().files().get(0);
            String listed = store.property("leveldb.sstables").orElseThrow();
            assertTrue(listed.contains("--- level 6 ---\n " + first.number() + ":" + first.sizeBytes() + "["), listed);
            long before = memory(store);
            assertEquals(content, LevelDbDatabases.forward(store));
            store.put(key(1), Slice.wrap(new byte[500]));
            assertTrue(memory(store) > before + 500, "blocks in the cache, and a value in the memtable");
        }
    }

    @Test
    @DisplayName(
            "leveldb.stats had no columns for merges: seconds, and mebibytes read and written, of each level, as LevelDB")
    void statsOfMerges() {
        LsmOptions large = OPTIONS.withMemtableBytes(32 << 20).withTableBytes(32 << 20);
        try (LsmStore store = LsmStore.open(CrashDisk.create().root(), large)) {
            for (int flush = 0; flush < 2; flush++) {
                for (int i = 0; i < 3; i++) {
                    store.put(key(i), Slice.wrap(new byte[1 << 20]));
                }
                store.flush();
            }
            store.compactAll(); // reads 2 times 3 MiB, and writes 3 of them again
            List<String> lines =
                    store.property("leveldb.stats").orElseThrow().lines().toList();
            assertEquals(
                    List.of(
                            "                               Compactions",
                            "Level  Files Size(MB) Time(sec) Read(MB) Write(MB)",
                            "--------------------------------------------------"),
                    lines.subList(0, 3));
            assertEquals(
                    List.of(List.of("0", "0", "0", "0", "6"), List.of("6", "1", "3", "6", "3")),
                    lines.subList(3, lines.size()).stream()
                            .map(LsmCompactRangeTest::columnsButTime)
                            .toList(),
                    "level, files, size, read, written");
        }
    }

    /** The columns of a line, which have the widths of LevelDB's, but for that of the time. */
    private static List<String> columnsButTime(String line) {
        assertEquals(50, line.length(), "length of \"" + line + "\"");
        List<String> columns = new ArrayList<>(List.of(line.strip().split(" +")));
        assertTrue(Long.parseLong(columns.remove(3)) >= 0, "seconds in \"" + line + "\"");
        return columns;
    }

    private static long memory(LsmStore store) {
        return Long.parseLong(store.property("leveldb.approximate-memory-usage").orElseThrow());
    }
}
