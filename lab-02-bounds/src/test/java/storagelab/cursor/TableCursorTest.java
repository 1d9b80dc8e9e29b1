package storagelab.cursor;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.SortedTableBuilder;
import storagelab.testkit.CursorContract;

@Tag("2.6")
class TableCursorTest implements CursorContract {
    private static final long NUMBER = 7;
    private static final int VALUE_BYTES = 1000; // four entries to a block

    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("000007.table");
    private final StatsRecorder stats = new StatsRecorder();

    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        return new TableCursor(table(sorted));
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
    @DisplayName("a walk through a table of many blocks reads each block once, whichever way it goes")
    void eachBlockOnce() {
        List<Entry> entries = entries(40);
        try (SortedTable table = table(entries);
                TableCursor cursor = new TableCursor(table)) {
            assertThat("blocks of the table", table.blockCount(), greaterThan(5));
            assertThat("BLOCKS_READ before the first seek", blocksRead(), is(0L));
            int visited = 0;
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                assertEquals(entries.get(visited), entryAt(cursor), "entry " + visited + ", forward");
                visited++;
            }
            assertThat("entries visited", visited, is(entries.size()));
            assertThat("BLOCKS_READ, forward", blocksRead(), is((long) table.blockCount()));
        }
        long before = blocksRead();
        try (SortedTable table = table(entries);
                TableCursor cursor = new TableCursor(table)) {
            int left = entries.size();
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                left--;
                assertEquals(entries.get(left), entryAt(cursor), "entry " + left + ", backward");
            }
            assertThat("entries not visited", left, is(0));
            assertThat("BLOCKS_READ, backward", blocksRead() - before, is((long) table.blockCount()));
        }
    }

    @Test
    @DisplayName("no step reads more than one block, also when it goes to and fro between two")
    void oneBlockAStep() {
        try (SortedTable table = table(entries(40));
                TableCursor cursor = new TableCursor(table)) {
            cursor.seek(table.firstKey(3));
            for (int i = 0; i < 6; i++) {
                long before = blocksRead();
                if (i % 2 == 0) {
                    cursor.prev();
                } else {
                    cursor.next();
                }
                assertThat(
                        "step " + i + " over the border of two blocks",
                        blocksRead() - before,
                        atMost(1, "blocks read", "the block to move to is the one beside this one"));
            }
            assertEquals(table.firstKey(3), cursor.key(), "where three steps there and three back lead");
        }
    }

    @Test
    @DisplayName("a seek reads the one block that the index leads to, two if the key is behind all of the first")
    void seekCost() {
        List<Entry> entries = entries(40);
        try (SortedTable table = table(entries)) {
            for (Entry entry : entries) {
                assertSeekCost(table, entry.key(), 1);
                boolean lastOfItsBlock = isFirstKey(table, after(entries, entry));
                assertSeekCost(table, Slice.utf8(entry.key().toUtf8() + "+"), lastOfItsBlock ? 2 : 1);
            }
            assertSeekCost(table, Slice.utf8("z"), 0);
        }
    }

    @Test
    @DisplayName("a damaged block is an exception where it is read; the cursor is at none, and can go on elsewhere")
    void damagedBlock() throws IOException {
        List<Entry> entries = entries(40);
        try (SortedTable table = table(entries);
                TableCursor cursor = new TableCursor(table)) {
            cursor.seekToFirst();
            long bytesOfABlock = table.info().sizeBytes() / table.blockCount();
            disk.faults().flipBit(file, bytesOfABlock + bytesOfABlock / 2, 0);
            CorruptionException damage = assertThrows(CorruptionException.class, () -> {
                while (cursor.isValid()) {
                    cursor.next();
                }
            });
            assertThat("the file named", damage.file().endsWith("000007.table"), is(true));
            assertFalse(cursor.isValid(), "isValid() after next met a damaged block");
            assertThrows(IllegalStateException.class, cursor::next, "next after next met a damaged block");
            cursor.seekToFirst();
            assertEquals(entries.get(0), entryAt(cursor), "seekToFirst after a damaged block was met");
            cursor.seek(table.firstKey(2));
            assertEquals(table.firstKey(2), cursor.key(), "seek behind a damaged block");
            assertThrows(CorruptionException.class, cursor::prev, "prev into the damaged block from behind");
            assertFalse(cursor.isValid(), "isValid() after prev met a damaged block");
        }
    }

    @Test
    @DisplayName("closing a cursor leaves the table open")
    void closeLeavesTheTable() {
        List<Entry> entries = entries(3);
        try (SortedTable table = table(entries)) {
            new TableCursor(table).close();
            assertEquals(
                    entries.get(1), table.get(entries.get(1).key()).orElseThrow(), "a get after a cursor was closed");
        }
    }

    private void assertSeekCost(SortedTable table, Slice key, long expected) {
        try (TableCursor cursor = new TableCursor(table)) {
            long before = blocksRead();
            cursor.seek(key);
            assertThat(
                    "seek(" + key + ") by a new cursor",
                    blocksRead() - before,
                    atMost(expected, "blocks read", "firstKey tells which block can have the key, and is free"));
        }
    }

    private static boolean isFirstKey(SortedTable table, Slice key) {
        for (int block = 0; block < table.blockCount(); block++) {
            if (table.firstKey(block).equals(key)) {
                return true;
            }
        }
        return false;
    }

    private static Slice after(List<Entry> entries, Entry entry) {
        int next = entries.indexOf(entry) + 1;
        return next < entries.size() ? entries.get(next).key() : Slice.utf8("none");
    }

    private long blocksRead() {
        return stats.get(FileMetrics.BLOCKS_READ);
    }

    private SortedTable table(List<Entry> sorted) {
        try (SortedTableBuilder builder = SortedTableBuilder.create(disk.root().resolve("new"), NUMBER, stats)) {
            sorted.forEach(builder::add);
            var unused = builder.finish();
        }
        try {
            Files.move(disk.root().resolve("new"), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SortedTable.open(file, NUMBER, stats);
    }

    /** Entries of a thousand bytes, every fifth a tombstone. */
    private static List<Entry> entries(int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Slice key = Slice.utf8(String.format("key%03d", i));
            byte[] value = new byte[VALUE_BYTES];
            value[0] = (byte) i;
            entries.add(i % 5 == 4 ? Entry.tombstone(key) : Entry.value(key, Slice.wrap(value)));
        }
        return entries;
    }
}
