package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.course.ExerciseNotDone;
import storagelab.sstable.Block;
import storagelab.sstable.BlockCursor;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 5.4: blocks that make no sense. */
@Tag("5.4")
class BlockDamageHiddenTest {
    private static final String TAG = "0105000000000000";
    private static final String END = "00000000 01000000";

    private static void assertDamaged(String hex, Consumer<BlockCursor> moves, String what) {
        Step.at(what + ", " + hex + ": a CorruptionException is expected");
        CorruptionException e = assertThrows(
                CorruptionException.class, () -> moves.accept(Blocks.ofHex(hex).cursor()), what + ": " + hex);
        assertEquals(Blocks.FILE.toString(), e.file(), "file() of the exception of " + what);
        assertEquals(Blocks.OFFSET, e.offset(), "offset() of the exception of " + what);
    }

    private static void assertWhole(String hex, String what) {
        Step.at(what + ", " + hex + ": a walk over its entries is expected");
        assertTrue(Blocks.walk(Blocks.ofHex(hex).cursor()).size() > 0, what + " has entries: " + hex);
    }

    @Test
    @DisplayName("restarts that there is no room for are damage, and the exception names the file and the offset")
    void restartsDoNotFit() {
        Step.at("making blocks of no, one and two restarts, 00000000, 00000000 01000000 and"
                + " 00000000 00000000 02000000");
        assertEquals(4, Blocks.ofHex("00000000").sizeBytes(), "sizeBytes() of a block of no restarts");
        assertEquals(8, Blocks.ofHex("00000000 01000000").sizeBytes(), "sizeBytes() of a block of one restart");
        assertEquals(
                12, Blocks.ofHex("00000000 00000000 02000000").sizeBytes(), "sizeBytes() of a block of two restarts");
        for (String hex : new String[] {
            "",
            "00",
            "0000",
            "000000",
            "01000000",
            "000000 01000000",
            "00000000 02000000",
            "ffffffff",
            "00000000 ffffff7f",
            "00000000 00000080",
            "00000000 00000000 03000000",
            "00000000 00000040",
            "00000000 00000100",
            "00000000 00010000"
        }) {
            assertDamaged(hex, cursor -> {}, "a block");
        }
    }

    @Test
    @DisplayName("lengths that run out of the entries, or are no lengths, are damage")
    void lengths() {
        assertWhole("000901 61" + TAG + "31" + END, "a block of one entry");
        Consumer<BlockCursor> first = BlockCursor::seekToFirst;
        assertDamaged("000a01 61" + TAG + "31" + END, first, "a key one byte too long for its value");
        assertDamaged("000902 61" + TAG + "31" + END, first, "a value that is a byte too long");
        assertDamaged("000b00 61" + TAG + "31" + END, first, "a key that is a byte too long");
        assertDamaged("00ffffffff07 00 61" + TAG + "31" + END, first, "a key of 2,147,483,647 bytes");
        assertDamaged("0009ffffffff07 61" + TAG + "31" + END, first, "a value of 2,147,483,647 bytes");
        assertDamaged("00ffffffff0f 00 61" + TAG + "31" + END, first, "a key of 4,294,967,295 bytes");
        assertDamaged("0009ffffffff0f 61" + TAG + "31" + END, first, "a value of 4,294,967,295 bytes");
        assertDamaged("ffffffff0f 0901 61" + TAG + "31" + END, first, "a key that shares 4,294,967,295 bytes");
        assertDamaged("000980808080 10 61" + TAG + "31" + END, first, "a value of 2^32 bytes");
        assertDamaged("00 8980808010 01 61" + TAG + "31" + END, first, "a key of 2^32 + 9 bytes");
        assertDamaged("8080808010 0901 61" + TAG + "31" + END, first, "a key that shares 2^32 bytes");
        assertDamaged("00 898080807f 01 61" + TAG + "31" + END, first, "a length whose fifth byte is 7f");
        assertDamaged("00098080808080 61" + TAG + "31" + END, first, "a length of more than five bytes");
        assertDamaged("0009808080808000 61" + TAG + END, first, "a length of zero in six bytes");
        assertDamaged("0009" + END, first, "an entry that ends before its third number");
        assertDamaged("000980" + END, first, "a length that ends in the middle");
        assertDamaged("010801 05" + TAG.substring(2) + "31" + END, first, "a first key that shares a byte");
        assertDamaged("000701 05000000000000 31" + END, first, "a key of seven bytes");
        assertWhole("000800" + TAG + END, "a block of one entry whose key is empty for the user");
        assertWhole("000881 00" + TAG + "31" + END, "a length with a byte more than it needs");
        String two = "000901 61" + TAG + "31";
        assertDamaged(two + "0a0100 62" + END, BlockDamageHiddenTest::forward, "a key that shares more than there is");
        assertWhole(two + "090100 62" + END, "a block of two entries, whose second key has all of the first");
        assertWhole(two + "090001 32" + END, "a block of two entries with one key");
        assertDamaged(two + "070000" + END, BlockDamageHiddenTest::forward, "a second key of seven bytes");
        assertDamaged(two + "00" + END, BlockDamageHiddenTest::forward, "a second entry of one byte");
        assertDamaged(two + "070000" + END, BlockCursor::seekToLast, "a second key of seven bytes");
    }

    private static void forward(BlockCursor cursor) {
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            cursor.key();
        }
    }

    @Test
    @DisplayName(
            "a restart that is not before the end of the entries, or shares something, is damage when it is needed")
    void restarts() {
        String entry = "000901 61" + TAG + "31";
        String other = "000901 62" + TAG + "32";
        Consumer<BlockCursor> seek = cursor -> cursor.seek(Blocks.put("b", 9));
        assertWhole(entry + other + "00000000 0d000000 02000000", "a block of two restarts");
        for (String restart : new String[] {"1a000000", "1b000000", "ffffffff", "00000080", "ffffff7f"}) {
            assertDamaged(entry + other + "00000000" + restart + "02000000", seek, "a seek by a restart");
            assertDamaged(
                    entry + other + "00000000" + restart + "02000000",
                    BlockCursor::seekToLast,
                    "seekToLast() by a restart");
            if (!restart.equals("1a000000")) {
                assertDamaged(
                        entry + other + restart + "01000000", BlockCursor::seekToFirst, "seekToFirst() by a restart");
            }
        }
        assertDamaged(
                entry + "010801" + TAG + "32" + "00000000 0d000000 02000000", seek, "a restart that shares a byte");
        assertDamaged(entry + "000701 05000000000000 32" + "00000000 0d000000 02000000", seek, "a restart with no tag");
        assertDamaged(entry + "00ff7f01 62" + TAG + "32" + "00000000 0d000000 02000000", seek, "a restart too long");
        assertDamaged(
                entry + "0009ffffffff0f 62" + TAG + "32" + "00000000 0d000000 02000000", seek, "a value of 2^32 - 1");
    }

    @Test
    @DisplayName("a kind that is neither a put nor a deletion is damage for who asks for it")
    void kind() {
        Step.at("seekToFirst() and kind() in a block of one put, 000901 61" + TAG + "31" + END);
        BlockCursor cursor = Blocks.ofHex("000901 61" + TAG + "31" + END).cursor();
        cursor.seekToFirst();
        assertEquals(InternalKey.kind(Blocks.put("a", 5)), cursor.kind(), "kind() of a put");
        for (String code : new String[] {"02", "7f", "80", "ff"}) {
            assertDamaged(
                    "000901 61" + code + TAG.substring(2) + "31" + END,
                    strange -> {
                        strange.seekToFirst();
                        strange.kind();
                    },
                    "kind() of an entry of kind 0x" + code);
        }
    }

    @Test
    @DisplayName("damaged() says which file and which block, and what was found in it")
    void saysWhere() {
        CorruptionException e = Blocks.ofHex("00000000").damaged("a left shoe", "a right one");
        assertEquals(Blocks.FILE.toString(), e.file(), "file()");
        assertEquals(Blocks.OFFSET, e.offset(), "offset()");
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("a left shoe") && message.contains("a right one"), "the message is " + message);
    }

    @Test
    @DisplayName(
            "each bit of a block turned over, and each part of it cut off: every walk and seek ends, well or with damage")
    void everyBit() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        for (int i = 0; i < 12; i++) {
            entries.put(Blocks.put("k" + i / 3, 90 - i), Slice.utf8("v" + i));
        }
        byte[] whole = Blocks.bytes(entries, 4);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] bytes = whole.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            survives(bytes, "bit " + bit % 8 + " of byte " + bit / 8 + " turned over");
        }
        for (int length = 0; length < whole.length; length++) {
            survives(Arrays.copyOf(whole, length), "cut off after " + length + " bytes");
            survives(
                    Arrays.copyOfRange(whole, whole.length - length, whole.length),
                    "without what is before the last " + length + " bytes");
        }
    }

    @Test
    @DisplayName("noise, and blocks with some bytes of noise: every walk and seek ends, well or with damage")
    void noise() {
        Seeds.check(3000, random -> {
            byte[] bytes;
            if (random.nextBoolean()) {
                bytes = new byte[random.nextInt(80)];
                random.nextBytes(bytes);
                if (bytes.length >= 12) {
                    System.arraycopy(new byte[] {2, 0, 0, 0}, 0, bytes, bytes.length - 4, 4);
                }
            } else {
                bytes = Blocks.bytes(Blocks.random(random, 12), 1 + random.nextInt(4));
                for (int i = random.nextInt(5); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(4) == 0 ? 0xff : random.nextInt(40));
                }
            }
            survives(bytes, "bytes of noise, " + Blocks.hex(Slice.wrap(bytes)));
        });
    }

    /** Walks and seeks; what is wrong with the block may be said once for each of them. */
    private static void survives(byte[] bytes, String what) {
        Step.at(what + ": a walk, a walk back and seeks");
        attempt(bytes, what, cursor -> steps(cursor, bytes.length, what));
        attempt(bytes, what, cursor -> stepsBack(cursor, bytes.length, what));
        Random random = new Random(3);
        for (int i = 0; i < 6; i++) {
            Slice key = i % 2 == 0 ? Blocks.put("k" + i / 2, 85) : Blocks.randomKey(random, 20);
            attempt(bytes, what, cursor -> {
                cursor.seek(key);
                for (int step = 0; step < 3 && cursor.isValid(); step++) {
                    cursor.prev();
                }
                for (int step = 0; step < 6 && cursor.isValid(); step++) {
                    cursor.key();
                    cursor.value();
                    cursor.isAt(key);
                    cursor.next();
                }
            });
        }
    }

    private static void attempt(byte[] bytes, String what, Consumer<BlockCursor> moves) {
        try {
            Block block = Blocks.of(bytes);
            moves.accept(block.cursor());
        } catch (CorruptionException e) {
            assertEquals(Blocks.FILE.toString(), e.file(), "file() of the exception, " + what);
            assertEquals(Blocks.OFFSET, e.offset(), "offset() of the exception, " + what);
        } catch (ExerciseNotDone e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new AssertionError(what + ": " + e + " instead of a CorruptionException", e);
        }
    }

    private static void steps(BlockCursor cursor, int bytes, String what) {
        int steps = 0;
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            assertTrue(cursor.key().length() >= InternalKey.TAG_BYTES, what + ": a key without a tag");
            assertFalse(++steps > bytes, what + ": a walk of more entries than bytes");
        }
    }

    private static void stepsBack(BlockCursor cursor, int bytes, String what) {
        int steps = 0;
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            cursor.value();
            assertFalse(++steps > bytes, what + ": a walk back of more entries than bytes");
        }
    }
}
