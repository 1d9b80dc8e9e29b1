package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.TableInfo;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

/** Exercise 1.5: reading a sorted table, and what a read costs. */
@Tag("1.5")
class SortedTableHiddenTest {
    private static final long NUMBER = 5;

    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("000005.table");
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("info and blockCount say what is in the table")
    void infoAndBlockCount() {
        List<Entry> entries = Entries.oddNumbered(100, 300);
        try (SortedTable table = open(entries)) {
            TableBytes.Decoded decoded = TableBytes.decode(Bytes.read(file));
            Slice largest = entries.get(entries.size() - 1).key();
            assertEquals(
                    new TableInfo(
                            NUMBER, 100, Bytes.read(file).length, entries.get(0).key(), largest),
                    table.info(),
                    "info() of a table of 100 entries");
            assertEquals(decoded.blocks().size(), table.blockCount(), "blockCount() of a table of 100 entries");
        }
    }

    @Test
    @DisplayName("the list of a block's entries cannot be changed")
    void readBlockCannotBeChanged() {
        try (SortedTable table = open(Entries.oddNumbered(3, 10))) {
            List<Entry> entries = table.readBlock(0);
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> entries.remove(0),
                    "remove(0) on what readBlock returned");
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> entries.add(Entries.value("z", "1")),
                    "add on what readBlock returned");
        }
    }

    @Test
    @DisplayName("a get halves the index: the last of 50,000 blocks costs about as much as the first")
    void indexIsHalved() {
        List<List<Entry>> blocks = new ArrayList<>();
        List<Slice> firstKeys = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            Entry entry = Entry.value(Slice.utf8(String.format("key %08d", i)), Slice.EMPTY);
            blocks.add(List.of(entry));
            firstKeys.add(entry.key());
        }
        Slice first = firstKeys.get(0);
        Slice last = firstKeys.get(firstKeys.size() - 1);
        Bytes.write(file, new TableBytes.Content(blocks, firstKeys, last, blocks.size()).encode(NUMBER));
        try (SortedTable table = SortedTable.open(file, NUMBER, stats)) {
            RelativeCost.assertAtMost(
                    10,
                    "100 gets of the last key of 50,000 blocks, next to 100 gets of the first key",
                    () -> get(table, first, 100),
                    () -> get(table, last, 100));
        }
    }

    private static void get(SortedTable table, Slice key, int times) {
        for (int i = 0; i < times; i++) {
            assertTrue(table.get(key).isPresent(), "get of " + key + " found nothing");
        }
    }

    @Test
    @DisplayName("every key of a table is found, and no key beside one: in tables of one to 300 entries")
    void everyKeyAndEveryGap() {
        for (int count : new int[] {1, 2, 3, 14, 15, 16, 17, 100, 300}) {
            List<Entry> entries = Entries.oddNumbered(count, 250);
            try (SortedTable table = open(entries)) {
                for (int number = 0; number <= 2 * count; number++) {
                    Optional<Entry> expected =
                            number % 2 == 1 ? Optional.of(entries.get(number / 2)) : Optional.empty();
                    assertEquals(
                            expected,
                            table.get(Entries.numbered(number)),
                            Entries.numbered(number) + " in a table of the first " + count + " odd numbers, "
                                    + table.blockCount() + " blocks");
                }
            }
        }
    }

    @Test
    @DisplayName("tables of random entries: awkward keys, empty and large values, tombstones")
    void randomTables() {
        Seeds.check(30, random -> {
            List<Entry> entries = Entries.random(random, 1 + random.nextInt(300));
            try (SortedTable table = open(entries)) {
                for (Entry entry : entries) {
                    Slice key = Slice.copyOf(entry.key().toByteArray());
                    assertEquals(Optional.of(entry), table.get(key), "the entry of key " + key);
                    Slice longer = Slice.wrap(Bytes.resized(key.toByteArray(), key.length() + 1));
                    boolean present =
                            entries.stream().anyMatch(other -> other.key().equals(longer));
                    assertEquals(present, table.get(longer).isPresent(), "whether there is an entry of key " + longer);
                }
                assertEquals(entries, ImmutableList.copyOf(table.entries()), "what entries() returns");
                table.verify();
            }
        });
    }

    @Test
    @DisplayName("a tombstone is returned as a tombstone, an empty value as a value, a missing key as nothing")
    void tombstones() {
        try (SortedTable table = open(List.of(
                Entries.value("", "under the empty key"),
                Entries.tombstone("dead"),
                Entries.value("empty", ""),
                Entries.value("zebra", "1")))) {
            assertEquals(
                    Optional.of(Entries.value("", "under the empty key")),
                    table.get(Slice.EMPTY),
                    "get of the empty key, under which there is a value");
            assertEquals(
                    Optional.of(Entries.tombstone("dead")),
                    table.get(Slice.utf8("dead")),
                    "get(dead), of which the table has the tombstone");
            assertEquals(
                    Optional.of(Entries.value("empty", "")),
                    table.get(Slice.utf8("empty")),
                    "get(empty), under which there is an empty value");
            assertEquals(Optional.empty(), table.get(Slice.utf8("missing")), "get(missing), which is not in the table");
        }
    }

    @Test
    @DisplayName("keys are compared as unsigned bytes")
    void unsignedKeys() {
        List<Entry> entries = new ArrayList<>();
        for (int b : new int[] {0x00, 0x01, 0x7e, 0x7f, 0x80, 0x81, 0xfe, 0xff}) {
            entries.add(Entry.value(Slice.copyOf((byte) b), Slice.wrap(new byte[2500])));
        }
        try (SortedTable table = open(entries)) {
            for (Entry entry : entries) {
                assertEquals(Optional.of(entry), table.get(entry.key()), "the entry of key " + entry.key());
            }
        }
    }

    @Test
    @DisplayName("opening reads footer and index and no data block, however many there are")
    void openReadsNoBlock() {
        List<Entry> entries = Entries.oddNumbered(4000, 500);
        byte[] bytes = TableBytes.encode(NUMBER, entries);
        TableBytes.Decoded decoded = TableBytes.decode(bytes);
        Bytes.write(file, bytes);
        DiskCounters before = disk.counters();
        try (SortedTable table = SortedTable.open(file, NUMBER, stats)) {
            DiskCounters cost = disk.counters().since(before);
            assertThat(
                    "opening a table of " + bytes.length + " bytes whose index has " + decoded.indexSize(),
                    cost.bytesRead(),
                    atMost(
                            decoded.indexSize() + 4L + TableBytes.FOOTER_BYTES + TableBytes.BLOCK_BYTES,
                            "bytes read",
                            "are data blocks read when the table is opened?"));
            assertEquals(0, stats.get(FileMetrics.BLOCKS_READ), "BLOCKS_READ after opening");
            assertEquals(decoded.blocks().size(), table.blockCount(), "blockCount()");
            assertEquals(
                    new TableInfo(
                            NUMBER,
                            4000,
                            bytes.length,
                            entries.get(0).key(),
                            entries.get(3999).key()),
                    table.info(),
                    "info() of a table that was just opened");
        }
    }

    @Test
    @DisplayName("a get reads one block with one read, and counts it")
    void oneBlockAGet() {
        List<Entry> entries = Entries.oddNumbered(500, 300);
        try (SortedTable table = open(entries)) {
            for (int number = 1; number < 1000; number += 7) {
                Slice key = Entries.numbered(number);
                DiskCounters before = disk.counters();
                long blocksBefore = stats.get(FileMetrics.BLOCKS_READ);
                table.get(key);
                DiskCounters cost = disk.counters().since(before);
                String input = "get of " + key + " in a table of " + table.blockCount() + " blocks";
                assertThat(input, cost.reads(), atMost(1, "reads", "find the block in the index, then read it alone"));
                assertThat(
                        input,
                        cost.bytesRead(),
                        atMost(TableBytes.BLOCK_BYTES + 4L, "bytes read", "read the one block that can hold the key"));
                assertEquals(1, stats.get(FileMetrics.BLOCKS_READ) - blocksBefore, input + ": BLOCKS_READ");
            }
        }
    }

    @Test
    @DisplayName("a get of a key below the smallest or above the largest reads nothing")
    void outOfRangeReadsNothing() {
        try (SortedTable table = open(Entries.oddNumbered(500, 300))) {
            DiskCounters before = disk.counters();
            for (String key : List.of("", "key", "key 00000", "key 00000z", "key 00999\0", "key 01000", "z")) {
                assertEquals(Optional.empty(), table.get(Slice.utf8(key)), "a key out of range: \"" + key + "\"");
            }
            assertEquals(0, disk.counters().since(before).reads(), "reads for keys that the table cannot hold");
            assertEquals(0, stats.get(FileMetrics.BLOCKS_READ), "BLOCKS_READ for keys that the table cannot hold");
        }
    }

    @Test
    @DisplayName("a value of 100000 bytes is one block and one read")
    void largeValue() {
        List<Entry> entries = List.of(
                Entries.value("a", "1"),
                Entry.value(Slice.utf8("b"), Bytes.random(new Random(7), 100_000)),
                Entries.value("c", "3"));
        try (SortedTable table = open(entries)) {
            DiskCounters before = disk.counters();
            assertEquals(Optional.of(entries.get(1)), table.get(Slice.utf8("b")), "a value of 100000 bytes");
            assertEquals(1, disk.counters().since(before).reads(), "reads for a block of 100009 bytes");
            assertEquals(Optional.of(entries.get(2)), table.get(Slice.utf8("c")), "the entry behind it");
        }
    }

    @Test
    @DisplayName("entries() goes through the table in order and reads a block when it gets there, not before")
    void iterationIsLazy() {
        List<Entry> entries = Entries.oddNumbered(400, 1000);
        try (SortedTable table = open(entries)) {
            Iterator<Entry> iterator = table.entries();
            assertEquals(0, stats.get(FileMetrics.BLOCKS_READ), "BLOCKS_READ before the first entry is asked for");
            for (int i = 0; i < entries.size(); i++) {
                assertEquals(entries.get(i), iterator.next(), "entry " + i);
                int entriesPerBlock = TableBytes.BLOCK_BYTES / TableBytes.sizeOf(entries.get(0));
                assertThat(
                        "after " + (i + 1) + " entries, " + entriesPerBlock + " to a block",
                        stats.get(FileMetrics.BLOCKS_READ),
                        atMost(i / entriesPerBlock + 1L, "blocks read", "keep one block in memory at a time"));
            }
            assertFalse(iterator.hasNext(), "hasNext after the last entry");
            assertEquals(table.blockCount(), stats.get(FileMetrics.BLOCKS_READ), "BLOCKS_READ after the last entry");
        }
    }

    @Test
    @DisplayName("firstKey is answered from the index, readBlock with one read of one block, in any order")
    void blockByBlock() {
        List<Entry> entries = Entries.oddNumbered(60, 300);
        List<List<Entry>> blocks = TableBytes.cutIntoBlocks(entries);
        try (SortedTable table = open(entries)) {
            for (int i = 0; i < 3 * blocks.size(); i++) {
                int block = i * 7 % blocks.size();
                DiskCounters before = disk.counters();
                long blocksBefore = stats.get(FileMetrics.BLOCKS_READ);
                Slice expected = blocks.get(block).get(0).key();
                assertEquals(expected, table.firstKey(block), "firstKey(" + block + ")");
                assertEquals(0, disk.counters().since(before).reads(), "reads for firstKey(" + block + ")");
                assertEquals(blocks.get(block), table.readBlock(block), "readBlock(" + block + ")");
                assertEquals(1, disk.counters().since(before).reads(), "reads for readBlock(" + block + ")");
                assertEquals(
                        1,
                        stats.get(FileMetrics.BLOCKS_READ) - blocksBefore,
                        "BLOCKS_READ for readBlock(" + block + ")");
            }
        }
    }

    @Test
    @DisplayName("there is no block before the first or after the last, and asking for one reads nothing")
    void noSuchBlock() {
        try (SortedTable table = open(Entries.oddNumbered(60, 300))) {
            DiskCounters before = disk.counters();
            for (int block : new int[] {-1, table.blockCount(), Integer.MAX_VALUE}) {
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> table.firstKey(block),
                        "firstKey(" + block + ") of " + table.blockCount() + " blocks");
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> table.readBlock(block),
                        "readBlock(" + block + ") of " + table.blockCount() + " blocks");
            }
            assertEquals(0, disk.counters().since(before).reads(), "reads for blocks that do not exist");
        }
    }

    @Test
    @DisplayName("two iterators and gets in between do not disturb each other")
    void iteratorsAreIndependent() {
        List<Entry> entries = Entries.oddNumbered(50, 500);
        try (SortedTable table = open(entries)) {
            Iterator<Entry> first = table.entries();
            for (int i = 0; i < 20; i++) {
                first.next();
            }
            Iterator<Entry> second = table.entries();
            for (int i = 0; i < 30; i++) {
                assertEquals(entries.get(i), second.next(), "entry " + i + " of the second iterator");
                assertEquals(
                        Optional.of(entries.get(49 - i)),
                        table.get(entries.get(49 - i).key()),
                        "a get in between");
                assertEquals(entries.get(20 + i), first.next(), "entry " + (20 + i) + " of the first iterator");
            }
        }
    }

    @Test
    @DisplayName("gets from several threads at once are all right")
    void manyThreads() throws InterruptedException {
        List<Entry> entries = Entries.oddNumbered(300, 200);
        try (SortedTable table = open(entries);
                Crew crew = new Crew()) {
            crew.start(4, "reader", () -> {
                for (int i = 0; i < 2000; i++) {
                    Entry expected = entries.get(i * 37 % entries.size());
                    assertEquals(Optional.of(expected), table.get(expected.key()), "get beside other gets");
                }
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("a disk that gives fewer bytes than asked for loses nothing, and a failed read is no damage")
    void shortAndFailedReads() {
        List<Entry> entries = Entries.oddNumbered(100, 200);
        try (SortedTable table = open(entries)) {
            disk.faults().transferShort(DiskCall.READ, Seeds.base());
            for (Entry entry : entries) {
                assertEquals(Optional.of(entry), table.get(entry.key()), "read in pieces: " + entry.key());
            }
            disk.faults().clear();
            disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(
                    StorageIoException.class,
                    () -> table.get(entries.get(0).key()),
                    "get when the disk fails the read");
            assertEquals(
                    Optional.of(entries.get(0)),
                    table.get(entries.get(0).key()),
                    "the same get when the disk works again");
        }
    }

    @Test
    @DisplayName("close closes the file, and so does an open that fails")
    void close() {
        SortedTable table = open(Entries.oddNumbered(3, 10));
        table.close();
        assertEquals(0, disk.openFiles(), "files still open after close");
        assertThrows(StorageException.class, () -> SortedTable.open(file, NUMBER + 1, stats), "another number");
        assertEquals(0, disk.openFiles(), "files still open after an open that failed");
    }

    @Test
    @DisplayName("a table that is not there is a StorageIoException")
    void missingFile() {
        assertThrows(
                StorageIoException.class,
                () -> SortedTable.open(disk.root().resolve("missing"), NUMBER, stats),
                "opening a file that does not exist");
    }

    private SortedTable open(List<Entry> entries) {
        return SortedTable.open(Bytes.write(file, TableBytes.encode(NUMBER, entries)), NUMBER, stats);
    }
}
