package storagelab.grader.hidden.lab02;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;

import com.google.common.collect.Lists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.cursor.TableCursor;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.SortedTable;

/** Exercise 2.6: what a cursor over a table keeps between two moves, and what its seeks compare. */
@Tag("2.6")
class TableCursorStateHiddenTest {
    private static final String NAME = "000005.table";
    private static final long NUMBER = 5;
    private static final int PER_BLOCK = 5;
    private static final int ENTRIES = 600; // in 120 blocks
    private static final int LAST = ENTRIES - 1;

    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();
    private SortedTable table;

    @BeforeEach
    void openTable() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(Entry.value(key(i), Slice.utf8("value " + i)));
        }
        List<List<Entry>> blocks = Lists.partition(entries, PER_BLOCK);
        List<Slice> firstKeys = blocks.stream().map(block -> block.get(0).key()).toList();
        Path file = disk.root().resolve(NAME);
        Files.write(file, new TableBytes.Content(blocks, firstKeys, key(LAST), ENTRIES).encode(NUMBER));
        table = SortedTable.open(file, NUMBER, stats);
    }

    @AfterEach
    void closeTable() {
        table.close();
    }

    @Test
    @DisplayName(
            "a seek whose read fails leaves the cursor at no entry, wherever it was before and whichever seek it is")
    void failedSeeks() {
        Map<String, Consumer<TableCursor>> seeks = new LinkedHashMap<>();
        seeks.put("seek(" + key(20) + ")", cursor -> cursor.seek(key(20)));
        seeks.put("seekBefore(" + key(20) + ")", cursor -> cursor.seekBefore(key(20)));
        seeks.put("seekToFirst()", TableCursor::seekToFirst);
        seeks.put("seekToLast()", TableCursor::seekToLast);
        seeks.forEach((seek, move) -> {
            try (TableCursor cursor = new TableCursor(table)) {
                cursor.seek(key(102));
                failingRead(cursor, move, "a cursor at " + key(102) + ", then " + seek + " whose read fails");
                cursor.seek(key(102));
                assertEquals(key(102), cursor.key(), "where it is after that failure and a seek to " + key(102));
            }
        });
        try (TableCursor cursor = new TableCursor(table)) {
            cursor.seek(key(21));
            failingRead(
                    cursor,
                    failing -> failing.seek(gap(24)),
                    "a cursor at " + key(21) + ", then seek(" + gap(24)
                            + ") into the gap after its block, whose second read fails");
        }
    }

    private void failingRead(TableCursor cursor, Consumer<TableCursor> move, String what) {
        disk.faults().failOnce(DiskCall.READ, 1);
        assertThrows(StorageIoException.class, () -> move.accept(cursor), what);
        assertFalse(cursor.isValid(), what + ": isValid() is true afterwards, and the cursor should be at no entry");
        assertThrows(IllegalStateException.class, cursor::key, what + ": key() afterwards");
        assertThrows(IllegalStateException.class, cursor::next, what + ": next() afterwards");
    }

    @Test
    @DisplayName("the block that is in memory is not read again, also when the cursor has run off the end of it")
    void blockInMemoryIsKept() {
        try (TableCursor cursor = new TableCursor(table)) {
            cursor.seekToLast();
            cursor.next();
            assertReadsNothing(
                    cursor, TableCursor::seekToLast, "seekToLast() after running off the end from the last block");
            cursor.next();
            assertReadsNothing(
                    cursor, last -> last.seek(key(LAST - 2)), "seek(" + key(LAST - 2) + ") after running off the end");
            cursor.seek(gap(LAST));
            assertReadsNothing(
                    cursor, last -> last.seekBefore(gap(LAST)), "seekBefore(z) after a seek above the largest key");
        }
        try (TableCursor cursor = new TableCursor(table)) {
            cursor.seekToFirst();
            assertReadsNothing(cursor, TableCursor::seekToFirst, "a second seekToFirst()");
            cursor.prev();
            assertReadsNothing(cursor, TableCursor::seekToFirst, "seekToFirst() after running off the beginning");
            cursor.prev();
            assertReadsNothing(
                    cursor, first -> first.seek(key(2)), "seek(" + key(2) + ") after running off the beginning");
            cursor.seekBefore(key(0));
            assertReadsNothing(
                    cursor, first -> first.seek(key(1)), "seek(" + key(1) + ") after seekBefore(the smallest)");
        }
    }

    private void assertReadsNothing(TableCursor cursor, Consumer<TableCursor> move, String what) {
        long before = stats.get(FileMetrics.BLOCKS_READ);
        move.accept(cursor);
        assertThat(
                what,
                stats.get(FileMetrics.BLOCKS_READ) - before,
                atMost(0, "blocks read", "the cursor has this block in memory: keep it until another one is read"));
        assertTrue(cursor.isValid(), what + " leads to no entry");
    }

    @Test
    @DisplayName("a seek compares ⌊log₂ blocks⌋ + 1 keys of the index, ⌊log₂ entries⌋ + 1 of the block, and two more")
    void comparisonsOfASeek() {
        long[] comparisons = {0};
        Comparator<Slice> counting = (one, other) -> {
            comparisons[0]++;
            return one.compareTo(other);
        };
        int limit = floorLog2(table.blockCount()) + 1 + floorLog2(PER_BLOCK) + 1 + 2;
        try (TableCursor cursor = new TableCursor(table, counting)) {
            for (int i = 0; i < ENTRIES; i++) {
                for (Slice key : List.of(key(i), gap(i))) {
                    comparisons[0] = 0;
                    cursor.seek(key);
                    assertComparisons(comparisons[0], limit, "seek(" + key + ")");
                    comparisons[0] = 0;
                    cursor.seekBefore(key);
                    assertComparisons(comparisons[0], limit, "seekBefore(" + key + ")");
                }
            }
        }
    }

    private static void assertComparisons(long comparisons, int limit, String seek) {
        String what = seek + " in a table of 120 blocks of five entries";
        assertTrue(comparisons > 0, what + " compares no key with the order that the cursor was given");
        assertThat(
                what,
                comparisons,
                atMost(
                        limit,
                        "comparisons",
                        "search the first keys of the blocks by halving, and then those of the block"));
    }

    private static int floorLog2(int number) {
        return 31 - Integer.numberOfLeadingZeros(number);
    }

    private static Slice key(int number) {
        return Slice.utf8(String.format("key%03d", number));
    }

    /** A key between {@code key(number)} and the next. */
    private static Slice gap(int number) {
        return Slice.utf8(String.format("key%03d+", number));
    }
}
