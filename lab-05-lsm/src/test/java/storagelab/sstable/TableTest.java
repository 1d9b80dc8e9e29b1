package storagelab.sstable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.CorruptionException;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.bloom.BloomFilter;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.KeepingSlots;

@Tag("5.5")
class TableTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("000007.ldb");
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("the worked example, byte by byte")
    void workedExample() throws IOException {
        TreeMap<Slice, Slice> entries = new TreeMap<>(InternalKeyOrder.ORDER);
        entries.put(InternalKey.of(Slice.utf8("apple"), 7, ValueKind.VALUE), Slice.utf8("red"));
        entries.put(InternalKey.of(Slice.utf8("cherry"), 3, ValueKind.DELETION), Slice.EMPTY);
        TableSummary summary = write(entries, TableOptions.defaults().withBlockBytes(1));
        assertEquals(new TableSummary(168, 2, entries.firstKey(), entries.lastKey()), summary, "the summary");
        String data = "000d036170706c65010700000000000072656400000000010000000073b894cd"
                + "000e0063686572727900030000000000000000000001000000007ab75fd6";
        String metaindex = "000000000100000000c0f2a1b0";
        String index = "0009026201ffffffffffffff001b0009026401ffffffffffffff2019000000000e00000002000000000adc3bf0";
        String footer = "3e084b28" + "00".repeat(36) + "57fb808b247547db";
        assertEquals(
                data + metaindex + index + footer,
                BaseEncoding.base16().lowerCase().encode(Files.readAllBytes(file)),
                "the table");
        try (SsTable table = open(count -> BlockSlots.none())) {
            Slice apple = Slice.utf8("apple");
            assertEquals(Optional.of(Entry.value(apple, Slice.utf8("red"))), table.get(apple, 9), "get(apple, 9)");
            assertEquals(Optional.empty(), table.get(apple, 6), "get(apple, 6)");
            Slice cherry = Slice.utf8("cherry");
            assertEquals(Optional.of(Entry.tombstone(cherry)), table.get(cherry, 3), "get(cherry, 3)");
            assertEquals(Optional.empty(), table.get(Slice.utf8("zebra"), 9), "get(zebra, 9)");
            assertEquals(0, table.approximateOffset(apple), "approximateOffset(apple)");
            assertEquals(32, table.approximateOffset(Slice.utf8("banana")), "approximateOffset(banana)");
            assertEquals(168, table.approximateOffset(Slice.utf8("zebra")), "approximateOffset(zebra)");
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    @DisplayName("what was put into a table is found in it, at every sequence, with each compression")
    void finds(Compression compression) {
        TreeMap<Slice, Slice> entries = entries(new Random(5), 900);
        TableSummary summary = write(
                entries,
                TableOptions.defaults()
                        .withBlockBytes(500)
                        .withCompression(compression)
                        .withFilter(new BloomFilter(10)));
        assertEquals(900, summary.entries());
        assertEquals(entries.firstKey(), summary.smallest());
        assertEquals(entries.lastKey(), summary.largest());
        try (SsTable table = open(count -> new KeepingSlots())) {
            for (int key = -1; key < 320; key++) {
                for (int sequence = 0; sequence < 6; sequence++) {
                    Slice user = user(key);
                    Slice found = entries.ceilingKey(InternalKey.seekKey(user, sequence));
                    assertEquals(expected(entries, user, found), table.get(user, sequence), user + " at " + sequence);
                }
            }
            TreeMap<Slice, Slice> seen = new TreeMap<>(InternalKeyOrder.ORDER);
            InternalCursor cursor = table.cursor();
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                seen.put(cursor.key(), cursor.value());
            }
            assertEquals(entries, seen, "a walk from the last entry to the first");
        }
    }

    @Test
    @DisplayName("a key that the filter does not know costs no read, a key that is there one block")
    void reads() {
        write(
                entries(new Random(5), 900),
                TableOptions.defaults().withBlockBytes(500).withFilter(new BloomFilter(10)));
        try (SsTable table = open(count -> BlockSlots.none())) {
            long before = disk.counters().reads();
            int absent = 0;
            for (int i = 0; i < 1000; i++) {
                absent += table.get(Slice.utf8("k%04d-".formatted(i)), 9).isPresent() ? 1 : 0;
            }
            assertEquals(0, absent);
            assertTrue(
                    disk.counters().reads() - before < 40,
                    "reads of 1,000 keys that are not there: "
                            + (disk.counters().reads() - before));
            before = disk.counters().reads();
            assertTrue(table.get(user(7), 9).isPresent());
            assertEquals(1, disk.counters().reads() - before, "reads of a key that is there");
        }
    }

    @Test
    @DisplayName("keys out of order are refused, and a table without entries")
    void refused() {
        try (StoreFile out = StoreFile.create(file, stats)) {
            TableBuilder builder = new TableBuilder(out, TableOptions.defaults());
            assertThrows(IllegalStateException.class, builder::finish);
            builder.add(InternalKey.of(Slice.utf8("b"), 3, ValueKind.VALUE), Slice.EMPTY);
            Slice again = InternalKey.of(Slice.utf8("b"), 3, ValueKind.VALUE);
            assertThrows(IllegalArgumentException.class, () -> builder.add(again, Slice.EMPTY), "the same key again");
            Slice newer = InternalKey.of(Slice.utf8("b"), 4, ValueKind.VALUE);
            assertThrows(
                    IllegalArgumentException.class, () -> builder.add(newer, Slice.EMPTY), "a newer version behind");
        }
    }

    @Test
    @DisplayName("a flipped bit, or a file that was cut off, is found out or changes nothing")
    void damage() {
        TreeMap<Slice, Slice> entries = entries(new Random(5), 300);
        TableSummary summary =
                write(entries, TableOptions.defaults().withBlockBytes(500).withFilter(new BloomFilter(10)));
        Seeds.check(300, random -> {
            long offset = (long) (random.nextDouble() * summary.sizeBytes());
            int bit = random.nextInt(8);
            disk.faults().flipBit(file, offset, bit);
            try (SsTable table = open(count -> BlockSlots.none())) {
                InternalCursor cursor = table.cursor();
                TreeMap<Slice, Slice> seen = new TreeMap<>(InternalKeyOrder.ORDER);
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    seen.put(cursor.key(), cursor.value());
                }
                assertEquals(entries, seen, "after bit " + bit + " of byte " + offset + " was flipped");
            } catch (CorruptionException detected) {
                assertEquals(file.toString(), detected.file());
            } finally {
                disk.faults().flipBit(file, offset, bit); // back again
            }
        });
    }

    private TableSummary write(TreeMap<Slice, Slice> entries, TableOptions options) {
        try (StoreFile out = StoreFile.create(file, stats)) {
            TableBuilder builder = new TableBuilder(out, options);
            entries.forEach(builder::add);
            TableSummary summary = builder.finish();
            assertEquals(summary.sizeBytes(), out.sizeBytes());
            assertEquals(summary.sizeBytes(), stats.get(FileMetrics.BYTES_WRITTEN));
            return summary;
        }
    }

    private SsTable open(IntFunction<BlockSlots> cache) {
        return SsTable.open(new ChannelSource(file, stats), cache, new BloomFilter(10));
    }

    private static Optional<Entry> expected(TreeMap<Slice, Slice> entries, Slice user, @Nullable Slice found) {
        if (found == null || !InternalKey.userKey(found).equals(user)) {
            return Optional.empty();
        }
        return Optional.of(
                InternalKey.kind(found) == ValueKind.DELETION
                        ? Entry.tombstone(user)
                        : Entry.value(user, entries.getOrDefault(found, Slice.EMPTY)));
    }

    /** Some versions of some 300 keys. */
    private static TreeMap<Slice, Slice> entries(Random random, int count) {
        TreeMap<Slice, Slice> entries = new TreeMap<>(InternalKeyOrder.ORDER);
        while (entries.size() < count) {
            boolean deletes = random.nextInt(5) == 0;
            Slice key = InternalKey.of(
                    user(random.nextInt(310)), 1 + random.nextInt(4), deletes ? ValueKind.DELETION : ValueKind.VALUE);
            entries.put(key, deletes ? Slice.EMPTY : Slice.utf8("value ".repeat(random.nextInt(9)) + entries.size()));
        }
        return entries;
    }

    private static Slice user(int number) {
        return Slice.utf8("k%04d".formatted(number));
    }
}
