package storagelab.sstable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.bloom.BloomFilter;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/** Tables that C++ LevelDB has written, one by one. */
@Tag("5.5")
class LevelDbTablesTest {
    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "snappy-bloom/000005.ldb",
                "snappy-bloom/000007.ldb",
                "plain-compacted/000005.ldb",
                "unclean-shutdown/000009.ldb"
            })
    @DisplayName("every entry is found by a walk and by a get, and the filters say no to nearly everything else")
    void reads(String name) throws IOException {
        Path file = disk.root().resolve("000005.ldb");
        Files.write(file, bytes(name));
        try (SsTable table = open(file)) {
            TreeMap<Slice, Slice> entries = walk(table);
            assertTrue(entries.size() > 1000, entries.size() + " entries in " + name);
            for (Slice key : entries.keySet()) {
                Slice user = InternalKey.userKey(key);
                assertEquals(
                        InternalKey.kind(key) == ValueKind.DELETION,
                        table.get(user, InternalKey.sequence(key)).orElseThrow().tombstone(),
                        "whether " + InternalKey.toString(key) + " in " + name + " is a tombstone");
            }
            long before = disk.counters().reads();
            int asked = 0;
            for (Slice key : entries.keySet()) {
                Slice absent = Slice.utf8(InternalKey.userKey(key).toUtf8() + "~");
                assertTrue(table.get(absent, InternalKey.MAX_SEQUENCE).isEmpty(), absent + " is not in " + name);
                asked++;
            }
            long reads = disk.counters().reads() - before;
            assertTrue(
                    name.startsWith("plain") || reads < asked / 20,
                    reads + " reads for " + asked + " keys that are not in " + name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain-compacted/000005.ldb", "plain-compacted/000007.ldb"})
    @DisplayName("a table without compression that is written anew from its entries has the same bytes")
    void sameBytes(String name) throws IOException {
        Path original = disk.root().resolve("000005.ldb");
        Files.write(original, bytes(name));
        Path copy = disk.root().resolve("000006.ldb");
        try (SsTable table = open(original);
                StoreFile out = StoreFile.create(copy, stats)) {
            TableBuilder builder = new TableBuilder(out, TableOptions.defaults());
            walk(table).forEach(builder::add);
            builder.finish();
        }
        assertArrayEquals(Files.readAllBytes(original), Files.readAllBytes(copy), "the bytes of " + name);
    }

    private SsTable open(Path file) {
        return SsTable.open(new ChannelSource(file, stats), count -> BlockSlots.none(), new BloomFilter(10));
    }

    private static TreeMap<Slice, Slice> walk(SsTable table) {
        TreeMap<Slice, Slice> entries = new TreeMap<>(InternalKeyOrder.ORDER);
        InternalCursor cursor = table.cursor();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.put(cursor.key(), cursor.value());
        }
        return entries;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = LevelDbTablesTest.class.getResourceAsStream("/leveldb/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
