package storagelab.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.StoreByHand;

/**
 * Versions of one key that fill three or more tables of a run. LevelDB cuts a run between versions. A cursor that was sent
 * past all of them landed in the second table, before its target, and was sent there again, for ever.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScanThatNeverEndedTest {
    private static final int VERSIONS = 60;
    private static final int VALUE_BYTES = 200_000;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("a database of C++ LevelDB in which six tables of a level have versions of one key")
    void ofLevelDb() throws IOException {
        LevelDbDatabases.copy("many-versions", directory);
        TreeMap<Slice, Slice> expected = LevelDbDatabases.expected("many-versions");
        try (LsmStore store = LsmStore.open(directory, LsmOptions.defaults())) {
            assertThat("tables of level 2", store.version().files(2).size(), greaterThanOrEqualTo(3));
            assertSame(expected, store);
            store.compactAll();
            assertSame(expected, store);
        }
        assertEquals(expected, LevelDbDatabases.readByLevelDb(directory), "what LevelDB finds");
    }

    @Test
    @DisplayName("one that the native LevelDB makes here, where a merge goes on with some of the tables")
    void ofNativeLevelDb() throws IOException {
        LevelDbDatabases.assumeNativeLevelDb();
        TreeMap<Slice, Slice> expected = new TreeMap<>();
        Options options = new Options().compressionType(CompressionType.NONE);
        try (DB db = JniDBFactory.factory.open(directory.toFile(), options)) {
            put(db, expected, "before", "1");
            put(db, expected, "later", "2");
            List<org.iq80.leveldb.Snapshot> held = new ArrayList<>();
            for (int i = 0; i < VERSIONS; i++) {
                put(db, expected, "key", ("" + i % 10).repeat(VALUE_BYTES));
                held.add(db.getSnapshot());
            }
            db.compactRange("a".getBytes(UTF_8), "z".getBytes(UTF_8));
            for (org.iq80.leveldb.Snapshot snapshot : held) {
                snapshot.close();
            }
        }
        LsmOptions options2 = LsmOptions.defaults().withMaintenance(MaintenanceKind.FOREGROUND);
        try (LsmStore store = LsmStore.open(directory, options2)) {
            assertSame(expected, store);
            store.put(Slice.utf8("key"), Slice.utf8("newest"));
            expected.put(Slice.utf8("key"), Slice.utf8("newest"));
            store.flush();
            assertSame(expected, store);
            store.verify();
        }
        assertEquals(expected, LevelDbDatabases.readByLevelDb(directory), "what LevelDB finds");
    }

    private static void put(DB db, TreeMap<Slice, Slice> expected, String key, String value) {
        db.put(key.getBytes(UTF_8), value.getBytes(UTF_8));
        expected.put(Slice.utf8(key), Slice.utf8(value));
    }

    @Test
    @DisplayName("one that this store makes, with a snapshot of each version")
    void ofThisStore() {
        LsmOptions small = LsmOptions.defaults()
                .withMemtableBytes(1000)
                .withTableBytes(500)
                .withMaintenance(MaintenanceKind.FOREGROUND);
        try (LsmStore store = LsmStore.open(CrashDisk.create().root(), small)) {
            store.put(Slice.utf8("before"), Slice.utf8("1"));
            store.put(Slice.utf8("later"), Slice.utf8("2"));
            List<Snapshot> held = new ArrayList<>();
            for (int i = 0; i < VERSIONS; i++) {
                store.put(Slice.utf8("key"), value(i));
                held.add(store.snapshot());
            }
            for (int i = 0; i < VERSIONS; i++) {
                TreeMap<Slice, Slice> expected = new TreeMap<>(Map.of(
                        Slice.utf8("before"), Slice.utf8("1"),
                        Slice.utf8("key"), value(i),
                        Slice.utf8("later"), Slice.utf8("2")));
                try (Cursor cursor = held.get(i).cursor(KeyRange.all())) {
                    assertPositions(expected, cursor, "as of version " + i);
                }
            }
            held.forEach(Snapshot::close);
            store.compactAll();
            store.verify();
        }
    }

    private static Slice value(int version) {
        return Slice.utf8("%03d".formatted(version).repeat(100));
    }

    @Test
    @DisplayName("runs that are cut anywhere, read at every sequence: all positions are those of a map")
    void cutAnywhere() {
        Seeds.check(20, random -> {
            TreeMap<Integer, List<String>> runs = new TreeMap<>();
            Map<Long, TreeMap<Slice, Slice>> states = new TreeMap<>();
            TreeMap<Slice, Slice> state = new TreeMap<>();
            int sequences = 40 + random.nextInt(40);
            for (long sequence = 1; sequence <= sequences; sequence++) {
                String key = List.of("a", "k", "k", "k", "k", "z").get(random.nextInt(6));
                boolean isDeletion = random.nextInt(8) == 0;
                int run = sequence < sequences / 2 ? 2 : 1; // the level of it: the older one is below
                runs.computeIfAbsent(run, level -> new ArrayList<>())
                        .add(key + "@" + sequence + (isDeletion ? "†" : "=" + sequence));
                if (isDeletion) {
                    state.remove(Slice.utf8(key));
                } else {
                    state.put(Slice.utf8(key), Slice.utf8("" + sequence));
                }
                states.put(sequence, new TreeMap<>(state));
            }
            StoreByHand tables = new StoreByHand(CrashDisk.create().root());
            runs.forEach((level, entries) -> addCut(tables, level, entries, random));
            var newest = Objects.requireNonNull(states.get((long) sequences));
            try (LsmStore store = tables.open()) {
                states.forEach((sequence, expected) -> {
                    try (Cursor cursor = store.cursor(KeyRange.all(), sequence)) {
                        assertPositions(expected, cursor, "at sequence " + sequence);
                    }
                });
                assertSame(newest, store);
                store.verify();
                store.compactAll();
                assertSame(newest, store);
            }
        });
    }

    /** The entries of a run, in tables of one to five entries. */
    private static void addCut(StoreByHand tables, int level, List<String> entries, Random random) {
        List<String> sorted = new ArrayList<>(entries);
        sorted.sort((one, other) -> {
            int order = one.substring(0, 1).compareTo(other.substring(0, 1));
            return order != 0 ? order : Long.compare(sequence(other), sequence(one));
        });
        for (int from = 0; from < sorted.size(); ) {
            int to = Math.min(sorted.size(), from + 1 + random.nextInt(5));
            tables.table("level " + level + " from " + from, level, 0, sorted.subList(from, to));
            from = to;
        }
    }

    private static long sequence(String entry) {
        String digits = entry.substring(2).replaceAll("[^0-9].*", "");
        return Long.parseLong(digits);
    }

    private static void assertSame(TreeMap<Slice, Slice> expected, LsmStore store) {
        assertEquals(expected, LevelDbDatabases.forward(store), "a walk");
        assertEquals(expected, LevelDbDatabases.backward(store), "a walk back");
        expected.forEach((key, value) -> assertEquals(Optional.of(value), store.get(key), "get(" + key + ")"));
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            assertPositions(expected, cursor, "now");
        }
    }

    /** From every position that there is, and between them, one step on and one back. */
    private static void assertPositions(TreeMap<Slice, Slice> expected, Cursor cursor, String when) {
        for (String text : List.of("", "a", "b", "before", "k", "k\0", "key", "key\0", "later", "z", "zz")) {
            Slice key = Slice.utf8(text);
            cursor.seek(key);
            assertAt(expected, expected.ceilingEntry(key), cursor, "seek(" + text + ") " + when);
            cursor.seekBefore(key);
            assertAt(expected, expected.lowerEntry(key), cursor, "seekBefore(" + text + ") " + when);
        }
        for (Slice key : expected.keySet()) {
            cursor.seek(key);
            cursor.next();
            assertAt(expected, expected.higherEntry(key), cursor, "next of " + key + " " + when);
            cursor.seek(key);
            cursor.prev();
            assertAt(expected, expected.lowerEntry(key), cursor, "prev of " + key + " " + when);
            cursor.seekBefore(Slice.utf8(key.toUtf8() + "\0"));
            cursor.next(); // turns round
            assertAt(expected, expected.higherEntry(key), cursor, "back to " + key + ", and next, " + when);
        }
    }

    private static void assertAt(
            TreeMap<Slice, Slice> all, Map.Entry<Slice, Slice> expected, Cursor cursor, String what) {
        assertEquals(expected != null, cursor.isValid(), what + ": is there one of " + all.size());
        if (expected != null) {
            assertEquals(expected.getKey(), cursor.key(), what);
            assertEquals(expected.getValue(), cursor.value(), "the value at " + what);
        }
    }
}
