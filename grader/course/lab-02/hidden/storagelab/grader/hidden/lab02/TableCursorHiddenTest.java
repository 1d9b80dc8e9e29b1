package storagelab.grader.hidden.lab02;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;

import com.google.common.collect.Lists;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.cursor.EntryCursor;
import storagelab.cursor.TableCursor;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.EntryCodec;
import storagelab.sortedlog.SortedTable;
import storagelab.testkit.CursorContract;
import storagelab.testkit.CursorModel;
import storagelab.testkit.Seeds;

/**
 * Exercise 2.6: a cursor over a table, and what its moves read. The tables have few entries to a block, so that most moves
 * meet the border of two.
 */
@Tag("2.6")
class TableCursorHiddenTest implements CursorContract {
    private static final String NAME = "000005.table";
    private static final long NUMBER = 5;
    private static final int PER_BLOCK = 3;
    private static final int ENTRIES = 31; // in eleven blocks, the last of one entry

    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve(NAME);
    private final StatsRecorder stats = new StatsRecorder();

    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        return new TableCursor(table(Lists.partition(sorted, PER_BLOCK)));
    }

    @Override
    public boolean showsTombstones() {
        return true;
    }

    @Override
    public boolean canBeEmpty() {
        return false;
    }

    @Override
    public Entry entryAt(Cursor cursor) {
        return new Entry(cursor.key(), cursor.value(), ((EntryCursor) cursor).isTombstone());
    }

    @Test
    @DisplayName("no next and no prev reads more than one block, and none that stays in its block reads any")
    void oneBlockAStep() {
        try (SortedTable table = table();
                TableCursor cursor = new TableCursor(table)) {
            Random random = new Random(11);
            for (int i = 0; i < 400; i++) {
                if (!cursor.isValid()) {
                    cursor.seek(key(random.nextInt(ENTRIES)));
                }
                int from = number(cursor.key());
                boolean forward = random.nextInt(5) < (i / 40 % 2 == 0 ? 3 : 2);
                long before = blocksRead();
                if (forward) {
                    cursor.next();
                } else {
                    cursor.prev();
                }
                int to = forward ? from + 1 : from - 1;
                boolean leavesBlock = to / PER_BLOCK != from / PER_BLOCK && to >= 0 && to < ENTRIES;
                assertThat(
                        (forward ? "next" : "prev") + "() from entry " + from + " of a table of three entries a block",
                        blocksRead() - before,
                        atMost(
                                leavesBlock ? 1 : 0,
                                "blocks read",
                                "keep the block the cursor is in; only leaving it reads the one beside it"));
            }
        }
    }

    @Test
    @DisplayName(
            "a first seek reads one block; two, if its key is in the gap behind that block; none above the last key")
    void seekCost() {
        try (SortedTable table = table()) {
            for (int i = 0; i < ENTRIES; i++) {
                boolean lastOfItsBlock = i % PER_BLOCK == PER_BLOCK - 1;
                assertCost(table, 1, "seek(" + key(i) + ")", key(i), Cursor::seek);
                assertCost(table, lastOfItsBlock ? 2 : 1, "seek(" + gap(i) + ")", gap(i), Cursor::seek);
                assertCost(table, i == 0 ? 0 : 1, "seekBefore(" + key(i) + ")", key(i), Cursor::seekBefore);
                assertCost(table, 1, "seekBefore(" + gap(i) + ")", gap(i), Cursor::seekBefore);
            }
            assertCost(table, 1, "seek of the empty key", Slice.EMPTY, Cursor::seek);
            assertCost(table, 0, "seek(z), above the largest key", Slice.utf8("z"), Cursor::seek);
            assertCost(table, 0, "seekBefore of the empty key", Slice.EMPTY, Cursor::seekBefore);
            assertCost(table, 1, "seekToFirst()", Slice.EMPTY, (cursor, key) -> cursor.seekToFirst());
            assertCost(table, 1, "seekToLast()", Slice.EMPTY, (cursor, key) -> cursor.seekToLast());
        }
    }

    @Test
    @DisplayName("a seek into the block that is in memory reads nothing")
    void seekInTheSameBlock() {
        try (SortedTable table = table();
                TableCursor cursor = new TableCursor(table)) {
            for (int block = 0; block + 1 < table.blockCount(); block++) {
                int first = block * PER_BLOCK;
                cursor.seek(key(first));
                long before = blocksRead();
                for (int i = first; i < first + PER_BLOCK; i++) {
                    cursor.seek(key(i));
                    assertEquals(key(i), cursor.key(), "seek(" + key(i) + ")");
                    cursor.seekBefore(gap(i));
                    assertEquals(key(i), cursor.key(), "seekBefore(" + gap(i) + ")");
                }
                assertEquals(
                        0,
                        blocksRead() - before,
                        "BLOCKS_READ for six seeks into block " + block + ", where the cursor was already");
            }
        }
    }

    @Test
    @DisplayName("random tables with random blocks: awkward keys, large values, tombstones, any walk")
    void randomTables() {
        Seeds.check(80, random -> {
            List<Entry> entries = CursorModel.randomEntries(random, 30, 3);
            if (!entries.isEmpty()) {
                SortedTable table = table(Lists.partition(entries, 1 + random.nextInt(6)));
                CursorModel.of(entries, () -> new TableCursor(table), this::entryAt)
                        .check(random);
            }
        });
    }

    @Test
    @DisplayName("a walk stops with CorruptionException at a damaged block, wherever it comes from, and skips nothing")
    void damageStopsAWalk() {
        byte[] whole = TableBytes.encode(NUMBER, large());
        List<List<Entry>> blocks = TableBytes.cutIntoBlocks(large());
        long offset = 0;
        for (int hit = 0; hit < blocks.size(); hit++) {
            byte[] damaged = whole.clone();
            damaged[(int) offset + 100] ^= 4;
            try (SortedTable table = open(damaged);
                    TableCursor cursor = new TableCursor(table)) {
                int before = 4 * hit;
                List<Entry> met =
                        metUntilDamage(cursor, true, offset, "block " + hit + " of 5 damaged: a walk forward");
                assertEquals(large().subList(0, before), met, "block " + hit + " damaged: entries met forward");
                List<Entry> after =
                        metUntilDamage(cursor, false, offset, "block " + hit + " of 5 damaged: a walk backward");
                int behind = Math.min(before + 4, large().size());
                assertEquals(
                        Lists.reverse(large().subList(behind, large().size())),
                        after,
                        "block " + hit + " damaged: entries met backward");
            }
            offset +=
                    blocks.get(hit).stream().mapToInt(EntryCodec::encodedBytes).sum() + 4;
        }
    }

    @Test
    @DisplayName("after a failed read the cursor is at no entry, and a seek brings it back")
    void failedRead() {
        try (SortedTable table = table();
                TableCursor cursor = new TableCursor(table)) {
            cursor.seek(key(2));
            disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(StorageIoException.class, cursor::next, "next() into the second block, whose read fails");
            assertFalse(cursor.isValid(), "isValid() is true after a next() whose read failed: it should be at none");
            assertThrows(IllegalStateException.class, cursor::key, "key() after a next() whose read failed");
            cursor.seek(key(3));
            assertEquals(key(3), cursor.key(), "the seek after that, when the disk works again");
            disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(StorageIoException.class, cursor::prev, "prev() into the first block, whose read fails");
            assertFalse(cursor.isValid(), "isValid() is true after a prev() whose read failed: it should be at none");
            disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(StorageIoException.class, () -> cursor.seek(key(20)), "a seek whose read fails");
            assertFalse(cursor.isValid(), "isValid() is true after a seek whose read failed: it should be at none");
            cursor.seek(key(20));
            assertEquals(key(20), cursor.key(), "the same seek, when the disk works again");
            cursor.prev();
            assertEquals(key(19), cursor.key(), "prev() after that");
        }
    }

    @Test
    @DisplayName("two cursors over one table do not disturb each other, and closing one leaves the table open")
    void twoCursors() {
        try (SortedTable table = table();
                TableCursor forward = new TableCursor(table)) {
            forward.seekToFirst();
            try (TableCursor backward = new TableCursor(table)) {
                backward.seekToLast();
                for (int i = 0; i < ENTRIES; i++) {
                    assertEquals(key(i), forward.key(), "the cursor that goes forward, at step " + i);
                    assertEquals(key(ENTRIES - 1 - i), backward.key(), "the cursor that goes backward, at step " + i);
                    forward.next();
                    backward.prev();
                }
            }
            forward.seek(key(7));
            assertEquals(key(7), forward.key(), "a seek after another cursor over the table was closed");
            assertTrue(table.get(key(8)).isPresent(), "get(" + key(8) + ") finds nothing after a cursor was closed");
        }
        assertEquals(0, disk.openFiles(), "open files after the table was closed");
    }

    private List<Entry> metUntilDamage(TableCursor cursor, boolean forward, long offset, String what) {
        List<Entry> met = new ArrayList<>();
        try {
            if (forward) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    met.add(entryAt(cursor));
                }
            } else {
                for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                    met.add(entryAt(cursor));
                }
            }
        } catch (CorruptionException e) {
            assertTrue(e.file().endsWith(NAME), what + ": the exception names " + e.file() + " and not " + NAME);
            assertEquals(offset, e.offset(), what + ": offset in the exception");
            assertFalse(cursor.isValid(), what + ": the cursor is still at an entry after the exception");
            return met;
        }
        throw new AssertionError(what + " ended without CorruptionException after " + met.size() + " entries");
    }

    private interface Move {
        void on(Cursor cursor, Slice key);
    }

    private void assertCost(SortedTable table, long limit, String what, Slice key, Move move) {
        long before = blocksRead();
        try (TableCursor cursor = new TableCursor(table)) {
            move.on(cursor, key);
        }
        assertThat(
                what + " by a new cursor over a table of three entries a block",
                blocksRead() - before,
                atMost(limit, "blocks read", "the index says where each block begins, and asking it reads nothing"));
    }

    private long blocksRead() {
        return stats.get(FileMetrics.BLOCKS_READ);
    }

    private SortedTable table() {
        return table(Lists.partition(entries(), PER_BLOCK));
    }

    private SortedTable table(List<List<Entry>> blocks) {
        List<Slice> firstKeys = blocks.stream().map(block -> block.get(0).key()).toList();
        List<Entry> lastBlock = blocks.get(blocks.size() - 1);
        int count = blocks.stream().mapToInt(List::size).sum();
        Slice largest = lastBlock.get(lastBlock.size() - 1).key();
        return open(new TableBytes.Content(blocks, firstKeys, largest, count).encode(NUMBER));
    }

    private SortedTable open(byte[] bytes) {
        try {
            Files.deleteIfExists(file);
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SortedTable.open(file, NUMBER, stats);
    }

    /** Small entries, every fourth a tombstone. */
    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(i % 4 == 2 ? Entry.tombstone(key(i)) : Entry.value(key(i), Slice.utf8("value " + i)));
        }
        return entries;
    }

    /** Eighteen values of a thousand bytes: five blocks as a builder cuts them. */
    private static List<Entry> large() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            entries.add(Entry.value(key(i), Slice.wrap(new byte[1000])));
        }
        return entries;
    }

    private static Slice key(int number) {
        return Slice.utf8(String.format("key%03d", number));
    }

    /** A key between {@code key(number)} and the next. */
    private static Slice gap(int number) {
        return Slice.utf8(String.format("key%03d+", number));
    }

    private static int number(Slice key) {
        return Integer.parseInt(key.toUtf8().substring(3));
    }
}
