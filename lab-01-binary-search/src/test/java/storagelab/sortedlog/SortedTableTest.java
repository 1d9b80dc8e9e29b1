package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;

@Tag("1.5")
class SortedTableTest {
    private static final int ENTRIES = 1000;
    private static final long NUMBER = 7;

    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("000007.table");
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("every key is found, with its value or its tombstone; what is between, before and after is not")
    void findsEveryKey() {
        try (SortedTable table = thousandEntries()) {
            for (int i = 0; i < ENTRIES; i++) {
                assertThat(
                        "get(" + key(i) + ") of a table of key000000 to key000999",
                        table.get(key(i)),
                        is(Optional.of(entry(i))));
                Slice between = Slice.utf8(key(i).toUtf8() + "+");
                assertThat(
                        "get(" + between + "), a key that is not in the table",
                        table.get(between),
                        is(Optional.empty()));
            }
            assertThat("get of the empty key, before the first", table.get(Slice.EMPTY), is(Optional.empty()));
            assertThat("get(z), after the last key", table.get(Slice.utf8("z")), is(Optional.empty()));
        }
    }

    @Test
    @DisplayName("a get reads one block with one read, and none if the key is outside of the table's range")
    void oneBlock() {
        try (SortedTable table = thousandEntries()) {
            assertThat("blocks of the table", table.blockCount(), greaterThan(3));
            for (Slice key : new Slice[] {key(0), key(500), Slice.utf8("key000500+"), key(ENTRIES - 1)}) {
                assertCost(table, key, 1);
            }
            assertCost(table, Slice.utf8("a"), 0);
            assertCost(table, Slice.utf8("z"), 0);
        }
    }

    @Test
    @DisplayName("opening reads the footer and the index and no data block")
    void openingReadsNoBlock() {
        thousandEntries().close();
        DiskCounters before = disk.counters();
        try (SortedTable table = SortedTable.open(file, NUMBER, stats)) {
            long bytesRead = disk.counters().since(before).bytesRead();
            long indexAndFooter = table.info().sizeBytes() - 4096L * (table.blockCount() - 1);
            assertThat(
                    "opening a table of " + table.info().sizeBytes() + " bytes",
                    bytesRead,
                    atMost(indexAndFooter, "bytes read", "read the footer and the index, and no block"));
            assertThat("BLOCKS_READ after opening", stats.get(FileMetrics.BLOCKS_READ), is(0L));
            assertThat("info().entries()", table.info().entries(), is((long) ENTRIES));
            assertThat("info().smallest()", table.info().smallest(), is(key(0)));
            assertThat("info().largest()", table.info().largest(), is(key(ENTRIES - 1)));
        }
    }

    @Test
    @DisplayName("entries() gives everything in order, reading each block once and when it is needed")
    void iterates() {
        try (SortedTable table = thousandEntries()) {
            Iterator<Entry> entries = table.entries();
            for (int i = 0; i < ENTRIES; i++) {
                assertThat("entry " + i + " of entries()", entries.next(), is(entry(i)));
                if (i == 0) {
                    assertThat(
                            "BLOCKS_READ after the first entry of entries()",
                            stats.get(FileMetrics.BLOCKS_READ),
                            is(1L));
                }
            }
            assertThat("hasNext() after the last of " + ENTRIES + " entries", entries.hasNext(), is(false));
            assertThat("BLOCKS_READ after all entries: each block once", stats.get(FileMetrics.BLOCKS_READ), is((long)
                    table.blockCount()));
        }
    }

    @Test
    @DisplayName("block by block: firstKey reads nothing, readBlock one block, and together they are the whole table")
    void blocks() {
        try (SortedTable table = thousandEntries()) {
            List<Entry> all = new ArrayList<>();
            for (int block = 0; block < table.blockCount(); block++) {
                assertThat("BLOCKS_READ before block " + block, stats.get(FileMetrics.BLOCKS_READ), is((long) block));
                Slice firstKey = table.firstKey(block);
                assertThat("BLOCKS_READ after firstKey(" + block + ")", stats.get(FileMetrics.BLOCKS_READ), is((long)
                        block));
                List<Entry> entries = table.readBlock(block);
                assertThat(
                        "key of the first entry of readBlock(" + block + ")",
                        entries.get(0).key(),
                        is(firstKey));
                all.addAll(entries);
            }
            assertThat("entries of all blocks one after the other", all, is(ImmutableList.copyOf(table.entries())));
            assertThrows(IndexOutOfBoundsException.class, () -> table.readBlock(-1), "readBlock(-1)");
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> table.readBlock(table.blockCount()),
                    "readBlock of a block after the last");
        }
    }

    @Test
    @DisplayName("a changed bit in a block is found by the get that reads it, and by verify")
    void damagedBlock() throws IOException {
        try (SortedTable table = thousandEntries()) {
            table.verify();
            disk.faults().flipBit(file, 1000, 3);
            assertThat(
                    "get of a key of the first block, byte 1000 of which has a bit changed",
                    () -> table.get(key(0)),
                    findsDamageIn("000007.table", 0, 0));
            assertThat("readBlock(0) of that table", () -> table.readBlock(0), findsDamageIn("000007.table", 0, 0));
            assertThrows(
                    CorruptionException.class,
                    table::verify,
                    "verify() of a table with a changed bit in its first block");
            assertThat(
                    "get of a key in another block than the damaged one",
                    table.get(key(900)),
                    is(Optional.of(entry(900))));
        }
    }

    @Test
    @DisplayName("a changed bit in the index or the footer is found on opening; in the number of entries, by verify")
    void damagedIndex() throws IOException {
        thousandEntries().close();
        long size = Files.size(file);
        for (long offset = size - 100; offset < size; offset++) {
            disk.faults().flipBit(file, offset, 0);
            assertThat(
                    "byte " + offset + " of a table of " + size + " bytes with one bit changed",
                    this::openAndVerify,
                    findsDamageIn("000007.table"));
            disk.faults().flipBit(file, offset, 0);
        }
        assertThat("entries of the repaired table", openAndVerify().entries(), is((long) ENTRIES));
    }

    @Test
    @DisplayName("a file that is cut short, or is another table, is not opened")
    void wrongFile() throws IOException {
        thousandEntries().close();
        assertThat("table 7 opened as table 8", () -> opened(8), findsDamageIn("000007.table"));
        byte[] table = Files.readAllBytes(file);
        for (int size : new int[] {0, 39, 40, table.length / 2, table.length - 1}) {
            Files.write(file, Arrays.copyOf(table, size));
            assertThat(
                    "a table of " + table.length + " bytes cut to " + size,
                    () -> opened(NUMBER),
                    findsDamageIn("000007.table"));
        }
    }

    private void assertCost(SortedTable table, Slice key, long blocks) {
        DiskCounters before = disk.counters();
        long blocksBefore = stats.get(FileMetrics.BLOCKS_READ);
        table.get(key);
        assertThat("reads for " + key, disk.counters().since(before).reads(), is(blocks));
        assertThat("blocks counted for " + key, stats.get(FileMetrics.BLOCKS_READ) - blocksBefore, is(blocks));
    }

    private TableInfo opened(long number) {
        try (SortedTable table = SortedTable.open(file, number, stats)) {
            return table.info();
        }
    }

    private TableInfo openAndVerify() {
        try (SortedTable table = SortedTable.open(file, NUMBER, stats)) {
            table.verify();
            return table.info();
        }
    }

    private SortedTable thousandEntries() {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats)) {
            for (int i = 0; i < ENTRIES; i++) {
                builder.add(entry(i));
            }
            builder.finish();
        }
        return SortedTable.open(file, NUMBER, stats);
    }

    private static Slice key(int i) {
        return Slice.utf8("key%06d".formatted(i));
    }

    private static Entry entry(int i) {
        return i % 10 == 3 ? Entry.tombstone(key(i)) : Entry.value(key(i), Slice.utf8("value of " + i));
    }
}
