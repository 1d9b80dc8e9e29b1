package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.sstable.Block;
import storagelab.sstable.BlockCursor;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Step;

/**
 * Exercise 5.4: what a cursor looks at. Entries that it has no reason to read are made unreadable; if it answers all
 * the same, it has not read them.
 */
@Tag("5.4")
class BlockCostHiddenTest {
    private static final int INTERVAL = 8;
    private static final int COUNT = 512;

    private final TreeMap<Slice, Slice> entries = Blocks.none();
    private List<Slice> keys = List.of();
    private byte[] block = {};
    private int[] offsets = {};

    @BeforeEach
    void build() {
        for (int i = 0; i < COUNT; i++) {
            entries.put(Blocks.put("customer/%04d".formatted(i * 10), 1000 - i), Slice.utf8("value" + i));
        }
        keys = List.copyOf(entries.keySet());
        block = Blocks.bytes(entries, INTERVAL);
        offsets = Blocks.entryOffsets(block, COUNT);
    }

    /** Makes entries of the block unreadable, {@code [from, to)}. */
    private void smash(byte[] bytes, int from, int to) {
        if (from < to) {
            Arrays.fill(bytes, offsets[from], offsets[to], (byte) 0xff);
        }
    }

    /** All but the restarts, and but the entries {@code [from, to)}. */
    private void smashOthers(byte[] bytes, int from, int to) {
        for (int i = 0; i < COUNT; i++) {
            if (i % INTERVAL != 0 && (i < from || i >= to)) {
                smash(bytes, i, i + 1);
            }
        }
    }

    private static void quietly(Runnable move, String otherwise) {
        try {
            Step.at("a move in a block whose other entries are damaged, and need not be read; otherwise " + otherwise);
            move.run();
        } catch (CorruptionException e) {
            throw new AssertionError(otherwise, e);
        }
    }

    /** A block of which some bytes make no sense, which a writer may put there. */
    private static Block block(byte[] bytes) {
        try {
            Step.at("making a block, some entries or restarts of which are damaged: nothing is unpacked then");
            return Blocks.of(bytes);
        } catch (CorruptionException e) {
            throw new AssertionError(
                    "entries or restarts are read when a block is made, before a cursor wants them", e);
        }
    }

    @Test
    @DisplayName("where restarts point to is not looked at when a block is made, nor by a cursor that needs others")
    void restartsAreNotLookedAt() {
        byte[] bytes = block.clone();
        for (int restart = 1; restart < COUNT / INTERVAL; restart++) {
            smashRestart(bytes, restart);
        }
        BlockCursor cursor = block(bytes).cursor();
        quietly(cursor::seekToFirst, "seekToFirst() looks at restarts other than the first");
        assertEquals(keys.get(0), cursor.key(), "key() after seekToFirst()");
        quietly(cursor::next, "next() looks at restarts");
        assertEquals(keys.get(1), cursor.key(), "key() after next()");
    }

    /** A cursor at an entry of a block, which is whole so far. */
    private BlockCursor at(int index, byte[] bytes) {
        Step.at("a seek for entry " + index + " of 512, a restart every " + INTERVAL + ", and steps from there");
        BlockCursor cursor = Blocks.of(bytes).cursor();
        cursor.seek(keys.get(index));
        return cursor;
    }

    /** Makes the offset of a restart one that cannot be. */
    private void smashRestart(byte[] bytes, int restart) {
        int at = offsets[COUNT] + Integer.BYTES * restart;
        Arrays.fill(bytes, at, at + Integer.BYTES, (byte) 0xff);
    }

    @Test
    @DisplayName("a step back halves the restarts: of 64 it looks at eight or nine")
    void prevHalves() {
        for (int i = 1; i < COUNT; i += 37) {
            int looked = 0;
            for (int restart = 0; restart < COUNT / INTERVAL; restart++) {
                byte[] bytes = block.clone();
                BlockCursor cursor = at(i, bytes);
                Step.at("prev() from entry " + i + " of 512, where only restart " + restart + " is damaged");
                smashRestart(bytes, restart);
                try {
                    cursor.prev();
                    looked += cursor.isValid() && cursor.key().equals(keys.get(i - 1)) ? 0 : 1;
                } catch (CorruptionException e) {
                    looked++;
                }
            }
            assertTrue(looked <= 9, "prev() from entry " + i + " of 512 looks at " + looked + " restarts of 64");
        }
    }

    @Test
    @DisplayName("a seek reads the entries from one restart up to what it looks for, and of others only the restarts")
    void seekReadsOneInterval() {
        for (int i = 0; i < COUNT; i++) {
            byte[] bytes = block.clone();
            boolean first = i % INTERVAL == 0; // then the last restart that is less may be the one before
            smashOthers(bytes, first ? i - INTERVAL : i / INTERVAL * INTERVAL, i + 1);
            BlockCursor cursor = block(bytes).cursor();
            Slice key = keys.get(i);
            quietly(
                    () -> cursor.seek(key),
                    "a seek for entry " + i + " reads entries of other restarts, or behind the one that it looks for");
            assertEquals(key, cursor.key(), "key() after a seek for it");
        }
    }

    @Test
    @DisplayName("a seek halves the restarts: of 64 it reads seven or eight")
    void seekHalves() {
        for (int i = 0; i < COUNT; i += 37) {
            int read = 0;
            for (int restart = 0; restart < COUNT; restart += INTERVAL) {
                if (restart == i / INTERVAL * INTERVAL) {
                    continue;
                }
                byte[] bytes = block.clone();
                smash(bytes, restart, restart + 1);
                BlockCursor cursor = block(bytes).cursor();
                try {
                    cursor.seek(keys.get(i));
                } catch (CorruptionException e) {
                    read++;
                }
            }
            assertTrue(read <= 8, "a seek for entry " + i + " reads " + read + " restarts of 64 besides its own");
        }
    }

    @Test
    @DisplayName("a step forward reads one entry; the last entry is found from the last restart")
    void nextReadsOne() {
        for (int i = 0; i < COUNT - 1; i++) {
            byte[] bytes = block.clone();
            BlockCursor cursor = at(i, bytes);
            smash(bytes, 0, i);
            smash(bytes, i + 2, COUNT);
            quietly(cursor::next, "next() from entry " + i + " reads more than the next entry");
            assertEquals(keys.get(i + 1), cursor.key(), "key() after next()");
        }
        byte[] bytes = block.clone();
        smash(bytes, 0, COUNT - INTERVAL);
        BlockCursor cursor = block(bytes).cursor();
        quietly(cursor::seekToLast, "seekToLast() reads entries before the last restart");
        assertEquals(keys.get(COUNT - 1), cursor.key(), "key() after seekToLast()");
        byte[] others = block.clone();
        smash(others, 1, COUNT);
        BlockCursor first = block(others).cursor();
        quietly(first::seekToFirst, "seekToFirst() reads more than the first entry");
        assertEquals(keys.get(0), first.key(), "key() after seekToFirst()");
    }

    @Test
    @DisplayName("a step back reads from the last restart before the entry up to the entry, and nothing behind it")
    void prevReadsOneInterval() {
        for (int i = 1; i < COUNT; i++) {
            for (boolean walked : new boolean[] {false, true}) {
                byte[] bytes = block.clone();
                BlockCursor cursor = at(walked ? Math.max(0, i - 10) : i, bytes);
                while (!cursor.key().equals(keys.get(i))) {
                    cursor.next();
                }
                int from = (i - 1) / INTERVAL * INTERVAL;
                smash(bytes, 0, from);
                smash(bytes, i + 1, COUNT);
                quietly(
                        cursor::prev,
                        "prev() from entry " + i + " reads before the last restart in front of it, or behind it");
                assertEquals(keys.get(i - 1), cursor.key(), "key() after prev() from entry " + i);
            }
        }
    }

    @Test
    @DisplayName("moving makes no objects")
    void allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Step.at("walks, walks back and seeks in a block of 512 entries, whose objects are counted");
        BlockCursor cursor = Blocks.of(block).cursor();
        long moves = moveAbout(cursor);
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        moveAbout(cursor);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(
                allocated < 4 * moves,
                moves + " moves have allocated " + allocated + " bytes: keys can be put together in one array, and"
                        + " numbers kept in fields");
    }

    private long moveAbout(BlockCursor cursor) {
        long moves = 0;
        for (int round = 0; round < 20; round++) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                moves++;
            }
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                moves++;
            }
            for (int i = 0; i < COUNT; i++) {
                cursor.seek(USER, InternalKey.MAX_SEQUENCE << 8);
                moves++;
            }
        }
        return moves;
    }

    private static final Slice USER = Slice.utf8("customer/1234");
}
