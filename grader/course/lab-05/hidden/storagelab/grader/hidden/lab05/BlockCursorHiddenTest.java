package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.sstable.Block;
import storagelab.sstable.BlockCursor;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 5.4: where a cursor goes in a block, and what it hands out. */
@Tag("5.4")
class BlockCursorHiddenTest {
    private static final int[] INTERVALS = {1, 2, 3, 16, 1_000_000};

    @Test
    @DisplayName("a block of other hands is read: restarts at any distance, entries that share less than they could")
    void foreign() {
        Step.at("making a block that another program has written, with two restarts");
        Block block = Blocks.ofHex("000901 61 0105000000000000 31" + "000900 62 0105000000000000"
                + "000a02 6263 0007000000000000 3334" + "00000000 0d000000 02000000");
        Step.at("a walk and a walk back over a block that another program has written: a=1, b= and a deletion of bc");
        BlockCursor cursor = block.cursor();
        TreeMap<Slice, Slice> expected = Blocks.none();
        expected.put(Blocks.put("a", 5), Slice.utf8("1"));
        expected.put(Blocks.put("b", 5), Slice.EMPTY);
        expected.put(Blocks.deletion("bc", 7), Slice.utf8("34"));
        assertEquals(expected, Blocks.walk(cursor), "a walk");
        assertEquals(expected, Blocks.walkBack(cursor), "a walk back");
        assertEquals(52, block.sizeBytes(), "sizeBytes()");
        Step.at("a walk, a walk back and a seek in a block of no entries, with one restart and without any");
        assertEquals(
                Blocks.none(), Blocks.walk(Blocks.ofHex("00000000 01000000").cursor()), "a block without entries");
        assertEquals(Blocks.none(), Blocks.walk(Blocks.ofHex("00000000").cursor()), "a block without restarts");
        assertEquals(
                Blocks.none(), Blocks.walkBack(Blocks.ofHex("00000000").cursor()), "a block without restarts, back");
        BlockCursor nothing = Blocks.ofHex("00000000").cursor();
        nothing.seek(Blocks.put("a", 5));
        assertFalse(nothing.isValid(), "isValid() after a seek in a block without restarts");
    }

    @Test
    @DisplayName("a seek finds every entry, and from between two the greater, with any number of entries and restarts")
    void everyPlace() {
        for (int interval : INTERVALS) {
            for (int count = 0; count <= 40; count++) {
                TreeMap<Slice, Slice> entries = Blocks.none();
                for (int i = 0; i < count; i++) {
                    entries.put(Blocks.put("key%03d".formatted(i), 50), Slice.utf8("v" + i));
                }
                BlockCursor cursor = Blocks.block(entries, interval).cursor();
                for (int i = -1; i <= count; i++) {
                    for (long sequence : new long[] {49, 50, 51}) {
                        Slice key = Blocks.put("key%03d".formatted(i).replace("-", "!"), sequence);
                        String what = "seek(" + InternalKey.toString(key) + ") among " + count
                                + " entries, a restart every " + interval;
                        Step.at(what);
                        cursor.seek(key);
                        assertAt(entries.ceilingEntry(key), cursor, what);
                        cursor.seek(InternalKey.userKey(key), InternalKey.tag(key));
                        assertAt(entries.ceilingEntry(key), cursor, what + ", in two parts");
                    }
                }
            }
        }
    }

    private static void assertAt(Map.@Nullable Entry<Slice, Slice> expected, BlockCursor cursor, String what) {
        assertEquals(expected != null, cursor.isValid(), "isValid() after " + what);
        if (expected != null) {
            assertEquals(name(expected.getKey()), name(cursor.key()), "key() after " + what);
            assertEquals(expected.getValue(), cursor.value(), "value() after " + what);
            assertTrue(cursor.isAt(InternalKey.userKey(expected.getKey())), "isAt() of its key, after " + what);
            assertEquals(InternalKey.kind(expected.getKey()), cursor.kind(), "kind() after " + what);
        }
    }

    private static String name(Slice internalKey) {
        return InternalKey.toString(internalKey);
    }

    @Test
    @DisplayName("hundreds of versions of a key over many restarts: each reader finds the newest that it may see")
    void versions() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        entries.put(Blocks.put("a", 7), Slice.utf8("before"));
        for (int sequence = 2; sequence <= 1200; sequence += 2) {
            boolean deleted = sequence % 10 == 0;
            Slice key = deleted ? Blocks.deletion("b", sequence) : Blocks.put("b", sequence);
            entries.put(key, deleted ? Slice.EMPTY : Slice.utf8("at " + sequence));
        }
        entries.put(Blocks.put("b\0", 3), Slice.utf8("behind"));
        for (int interval : INTERVALS) {
            BlockCursor cursor = Blocks.block(entries, interval).cursor();
            for (int sequence = 0; sequence <= 1202; sequence++) {
                Step.at("seek for b at " + sequence + " among 600 versions of b, a restart every " + interval);
                Slice key = InternalKey.seekKey(Slice.utf8("b"), sequence);
                cursor.seek(key);
                assertAt(entries.ceilingEntry(key), cursor, "a seek for b at " + sequence);
                assertEquals(sequence >= 2, cursor.isAt(Slice.utf8("b")), "isAt(b) after a seek for b at " + sequence);
                assertFalse(cursor.isAt(Slice.EMPTY), "isAt() of a key that this one begins with is true");
                cursor.prev();
                assertAt(entries.lowerEntry(key), cursor, "prev() after a seek for b at " + sequence);
            }
        }
    }

    @Test
    @DisplayName("a cursor goes where a sorted map goes, in both directions, after any sequence of moves")
    void model() {
        Seeds.check(150, random -> {
            TreeMap<Slice, Slice> entries = Blocks.random(random, 120);
            int interval = INTERVALS[random.nextInt(INTERVALS.length)];
            BlockCursor cursor = Blocks.block(entries, interval).cursor();
            assertFalse(cursor.isValid(), "isValid() of a new cursor is true");
            Step.at("a walk and a walk back over " + entries.size() + " entries, a restart every " + interval);
            assertEquals(entries, Blocks.walk(cursor), "a walk");
            assertEquals(entries, Blocks.walkBack(cursor), "a walk back");
            Map.@Nullable Entry<Slice, Slice> at = null;
            for (int i = 0; i < 150; i++) {
                Slice key = at != null && random.nextInt(3) == 0 ? at.getKey() : Blocks.randomKey(random, 40);
                int move = random.nextInt(at == null ? 4 : 12);
                Step.at("move " + i + ", from " + (at == null ? "no entry" : name(at.getKey())) + ", with " + name(key)
                        + " to be sought, among " + entries.size() + " entries, a restart every " + interval);
                at = moved(cursor, entries, at != null && move > 3 ? at.getKey() : key, move);
                assertAt(at, cursor, "move " + move + " (" + name(key) + "), a restart every " + interval);
            }
        });
    }

    /** Moves the cursor, from {@code at} or to it, and says where the map's would be. */
    private static Map.@Nullable Entry<Slice, Slice> moved(
            BlockCursor cursor, TreeMap<Slice, Slice> entries, Slice at, int move) {
        switch (move) {
            case 0 -> {
                cursor.seekToFirst();
                return entries.firstEntry();
            }
            case 1 -> {
                cursor.seekToLast();
                return entries.lastEntry();
            }
            case 2 -> {
                cursor.seek(at);
                return entries.ceilingEntry(at);
            }
            case 3 -> {
                cursor.seek(InternalKey.userKey(at), InternalKey.tag(at));
                return entries.ceilingEntry(at);
            }
            case 4, 5, 6, 7 -> {
                cursor.next();
                return entries.higherEntry(at);
            }
            default -> {
                cursor.prev();
                return entries.lowerEntry(at);
            }
        }
    }

    @Test
    @DisplayName("keys of no bytes of the user's, and of thousands, one after the other")
    void longKeys() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        for (int length = 0; length < 5000; length += 1 + length / 2) {
            entries.put(Blocks.put("x".repeat(length), 7), Slice.utf8("of " + length));
            entries.put(Blocks.put("x".repeat(length) + "a", 7), Slice.utf8("of " + length + " and an a"));
        }
        for (int interval : INTERVALS) {
            assertFinds(entries, interval);
        }
    }

    /** Fails unless walks and seeks find all entries. */
    private static void assertFinds(TreeMap<Slice, Slice> entries, int interval) {
        Step.at("a walk, a walk back and seeks of all of " + entries.size() + " entries, a restart every " + interval);
        BlockCursor cursor = Blocks.block(entries, interval).cursor();
        assertEquals(entries, Blocks.walk(cursor), "a walk, a restart every " + interval);
        assertEquals(entries, Blocks.walkBack(cursor), "a walk back, a restart every " + interval);
        for (Slice key : entries.keySet()) {
            cursor.seek(key);
            assertEquals(key, cursor.key(), "key() after a seek for it");
        }
    }

    @Test
    @DisplayName("values whose length takes one, two, three and four bytes, with restarts behind them")
    void longValues() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        for (int length : new int[] {0, 1, 127, 128, 16_383, 16_384, 80_000, 2_097_151, 2_097_152}) {
            byte[] value = new byte[length];
            new Random(length).nextBytes(value);
            entries.put(Blocks.put("%08d".formatted(length), 7), Slice.wrap(value));
        }
        for (int interval : new int[] {1, 2, 16}) {
            assertFinds(entries, interval);
        }
    }

    @Test
    @DisplayName("keys and values that were handed out stay what they are, and a value is no copy")
    void handedOut() {
        TreeMap<Slice, Slice> entries = Blocks.random(new Random(5), 200);
        byte[] bytes = Blocks.bytes(entries, 16);
        BlockCursor cursor = Blocks.of(bytes).cursor();
        List<Slice> keys = new ArrayList<>();
        List<Slice> values = new ArrayList<>();
        Step.at("a walk over 200 entries, with key() and value() of each");
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            keys.add(cursor.key());
            values.add(cursor.value());
        }
        cursor.close();
        assertEquals(List.copyOf(entries.keySet()), keys, "keys that were asked for on the way");
        assertEquals(List.copyOf(entries.values()), values, "values that were asked for on the way");
        TreeMap<Slice, Slice> one = Blocks.none();
        one.put(Blocks.put("a", 1), Slice.utf8("one"));
        byte[] small = Blocks.bytes(one, 16);
        cursor = Blocks.of(small).cursor();
        cursor.seekToFirst();
        Slice value = cursor.value();
        small[small.length - 9] = 'X';
        assertEquals(Slice.utf8("onX"), value, "a value, which is a part of the block's own array");
    }

    @Test
    @DisplayName("at no entry there is nothing to read and nowhere to go: IllegalStateException")
    void noEntry() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        entries.put(Blocks.put("a", 1), Slice.utf8("one"));
        entries.put(Blocks.put("b", 1), Slice.utf8("two"));
        BlockCursor cursor = Blocks.block(entries, 16).cursor();
        assertNowhere(cursor, "a new cursor");
        Step.at("off both ends of a block of two entries");
        cursor.seekToLast();
        cursor.next();
        assertNowhere(cursor, "a cursor behind the last entry");
        cursor.seekToFirst();
        cursor.prev();
        assertNowhere(cursor, "a cursor before the first entry");
        cursor.seek(Blocks.put("b", 0));
        assertNowhere(cursor, "a cursor after a seek beyond everything");
        cursor.seekToFirst();
        cursor.close();
        cursor.close();
        assertNowhere(cursor, "a closed cursor");
        Step.at("the four seeks in a block without entries");
        Block empty = Blocks.block(Blocks.none(), 16);
        cursor = empty.cursor();
        cursor.seekToFirst();
        assertNowhere(cursor, "a cursor at the first entry of none");
        cursor.seekToLast();
        assertNowhere(cursor, "a cursor at the last entry of none");
        cursor.seek(Blocks.put("a", 1));
        assertNowhere(cursor, "a cursor after a seek among no entries");
    }

    private static void assertNowhere(BlockCursor cursor, String what) {
        assertFalse(cursor.isValid(), "isValid() of " + what + " is true");
        assertFalse(cursor.isAt(Slice.utf8("a")), "isAt() of " + what + " is true");
        assertThrows(IllegalStateException.class, cursor::key, "key() of " + what);
        assertThrows(IllegalStateException.class, cursor::value, "value() of " + what);
        assertThrows(IllegalStateException.class, cursor::kind, "kind() of " + what);
        assertThrows(IllegalStateException.class, cursor::next, "next() of " + what);
        assertThrows(IllegalStateException.class, cursor::prev, "prev() of " + what);
    }

    @Test
    @DisplayName("two cursors in one block do not know of each other")
    void twoCursors() {
        TreeMap<Slice, Slice> entries = Blocks.random(new Random(11), 100);
        Block block = Blocks.block(entries, 4);
        BlockCursor one = block.cursor();
        BlockCursor other = block.cursor();
        Step.at("two cursors in one block of 100 entries, one forward and one backward");
        one.seekToFirst();
        other.seekToLast();
        for (Slice key : entries.keySet()) {
            assertEquals(key, one.key(), "key() of the cursor that goes forward");
            one.next();
            if (other.isValid()) {
                other.prev();
            }
        }
        assertFalse(
                one.isValid() || other.isValid(), "a cursor is at an entry after as many steps as there are entries");
    }
}
