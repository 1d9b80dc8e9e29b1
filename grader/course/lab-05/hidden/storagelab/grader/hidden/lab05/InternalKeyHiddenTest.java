package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;

/** Exercise 5.2: internal keys, byte for byte. */
@Tag("5.2")
class InternalKeyHiddenTest {
    private static Slice key(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.VALUE);
    }

    private static String hex(Slice bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    @DisplayName("an internal key is the user's key and the tag, lowest byte first, as LevelDB has it")
    void bytes() {
        assertEquals("616263" + "01" + "07060504030201", hex(key("abc", 0x01020304050607L)), "(abc, 0x1020304050607)");
        assertEquals("01" + "ffffffffffffff", hex(key("", InternalKey.MAX_SEQUENCE)), "(no bytes, 2^56 - 1)");
        assertEquals("6b" + "00" + "00000000000000", hex(deletion("k", 0)), "(k, 0, DELETION)");
        assertEquals("6b" + "00" + "80000000000000", hex(deletion("k", 128)), "(k, 128, DELETION)");
        assertEquals("6b" + "01" + "09000000000000", hex(InternalKey.seekKey(Slice.utf8("k"), 9)), "seekKey(k, 9)");
    }

    private static Slice deletion(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.DELETION);
    }

    @Test
    @DisplayName("key, sequence and kind come back from the bytes, whatever they are")
    void parts() {
        Seeds.check(500, random -> {
            byte[] user = new byte[random.nextInt(20)];
            random.nextBytes(user);
            long sequence = random.nextLong() >>> 8 + random.nextInt(56);
            ValueKind kind = ValueKind.of(random.nextInt(2));
            Slice key = InternalKey.of(Slice.wrap(user), sequence, kind);
            String shown = hex(key);
            assertEquals(user.length + 8, key.length(), "length of the internal key of " + user.length + " bytes");
            assertEquals(Slice.wrap(user), InternalKey.userKey(key), "userKey of " + shown);
            assertEquals(sequence, InternalKey.sequence(key), "sequence of " + shown);
            assertEquals(kind, InternalKey.kind(key), "kind of " + shown);
            assertEquals(InternalKey.tag(sequence, kind), InternalKey.tag(key), "tag of " + shown);
            assertEquals(sequence * 256 + kind.code(), InternalKey.tag(key), "tag of " + shown);
        });
    }

    @Test
    @DisplayName("an internal key may lie anywhere in an array; its user's key is a part of it and not a copy")
    void views() {
        byte[] block = HexFormat.of().parseHex("eeee" + "6b6579" + "012a000000000000" + "eeee");
        Slice key = Slice.wrap(block, 2, 11);
        assertEquals(42, InternalKey.sequence(key), "the sequence of a key in the middle of a block");
        Slice user = InternalKey.userKey(key);
        assertEquals(Slice.utf8("key"), user, "the user's key of a key in the middle of a block");
        block[2] = 'K';
        assertEquals(Slice.utf8("Key"), user, "the user's key, after the bytes that it lies in became Key");
    }

    @Test
    @DisplayName("the bytes of the user's key are copied into an internal key")
    void copied() {
        byte[] user = {'a', 'b'};
        Slice key = InternalKey.of(Slice.wrap(user), 1, ValueKind.VALUE);
        user[0] = 'z';
        assertEquals(Slice.utf8("ab"), InternalKey.userKey(key), "the user's key, after its array was used again");
    }

    @Test
    @DisplayName("sequences of more than 56 bits or less than 0 are refused with the number")
    void sequences() {
        for (long sequence : new long[] {-1, Long.MIN_VALUE, 1L << 56, Long.MAX_VALUE}) {
            for (Runnable call : List.<Runnable>of(
                    () -> key("a", sequence),
                    () -> InternalKey.seekKey(Slice.utf8("a"), sequence),
                    () -> InternalKey.tag(sequence, ValueKind.DELETION))) {
                String message =
                        String.valueOf(assertThrows(IllegalArgumentException.class, call::run, "sequence " + sequence)
                                .getMessage());
                assertTrue(
                        message.contains(Long.toString(sequence)),
                        "the message does not say " + sequence + ": " + message);
            }
        }
        assertEquals((1L << 56) - 1, InternalKey.sequence(key("a", (1L << 56) - 1)), "the largest sequence");
        assertEquals(0, InternalKey.sequence(key("a", 0)), "the smallest sequence");
    }

    @Test
    @DisplayName("what is too short for a tag, and a kind that there is not, are refused")
    void noKeys() {
        for (int length = 0; length < 8; length++) {
            Slice tooShort = Slice.wrap(new byte[length]);
            String what = length + " bytes";
            assertThrows(IllegalArgumentException.class, () -> InternalKey.tag(tooShort), "tag of " + what);
            assertThrows(IllegalArgumentException.class, () -> InternalKey.userKey(tooShort), "userKey of " + what);
            assertThrows(IllegalArgumentException.class, () -> InternalKey.sequence(tooShort), "sequence of " + what);
            assertThrows(IllegalArgumentException.class, () -> InternalKey.kind(tooShort), "kind of " + what);
        }
        assertEquals(Slice.EMPTY, InternalKey.userKey(Slice.wrap(new byte[8])), "userKey of a tag alone");
        for (int code : new int[] {2, 127, 128, 255}) {
            Slice odd = Slice.copyOf((byte) code, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
            assertThrows(IllegalArgumentException.class, () -> InternalKey.kind(odd), "kind " + code);
            assertEquals(0, InternalKey.sequence(odd), "the sequence beside kind " + code);
        }
    }

    @Test
    @DisplayName("the tag of a random key is its last eight bytes as an unsigned number")
    void tags() {
        Seeds.check(200, random -> assertTagOf(new Random(random.nextLong())));
    }

    private static void assertTagOf(Random random) {
        byte[] bytes = new byte[8 + random.nextInt(10)];
        random.nextBytes(bytes);
        long tag = 0;
        for (int i = 1; i <= 8; i++) {
            tag = tag << 8 | bytes[bytes.length - i] & 0xff;
        }
        assertEquals(
                tag,
                InternalKey.tag(Slice.wrap(bytes)),
                "tag of " + HexFormat.of().formatHex(bytes));
        assertEquals(
                tag >>> 8,
                InternalKey.sequence(Slice.wrap(bytes)),
                "sequence of " + HexFormat.of().formatHex(bytes));
    }
}
