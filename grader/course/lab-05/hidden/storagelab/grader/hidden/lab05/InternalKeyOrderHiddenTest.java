package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;
import storagelab.testkit.Seeds;

/** Exercise 5.2: the order of internal keys, beside one that was written from the definition. */
@Tag("5.2")
class InternalKeyOrderHiddenTest {
    private static final InternalKeyOrder ORDER = InternalKeyOrder.ORDER;

    /** An internal key in its parts, which knows its place by the definition. */
    private record Model(byte[] user, long sequence, int kind) implements Comparable<Model> {
        static Model random(Random random) {
            byte[] user = new byte[random.nextInt(random.nextInt(10) == 0 ? 26 : 4)];
            for (int i = 0; i < user.length; i++) {
                user[i] = (byte) (random.nextInt(4) - 2);
            }
            long sequence = random.nextBoolean() ? random.nextInt(3) : random.nextLong() >>> 8;
            return new Model(user, sequence, random.nextInt(2));
        }

        /** Another one whose key begins alike. */
        Model near(Random random) {
            Model other = random(random);
            byte[] key = Arrays.copyOf(user, Math.max(0, user.length + random.nextInt(4) - 2));
            if (key.length > 0 && random.nextBoolean()) {
                key[random.nextInt(key.length)] += (byte) (random.nextInt(5) - 2);
            }
            return new Model(key, other.sequence, other.kind);
        }

        Slice bytes() {
            return Slice.wrap(HexFormat.of().parseHex(hex()));
        }

        private String hex() {
            String tag = HexFormat.of().toHexDigits(sequence << 8 | kind);
            StringBuilder turned = new StringBuilder();
            for (int at = tag.length() - 2; at >= 0; at -= 2) {
                turned.append(tag, at, at + 2);
            }
            return HexFormat.of().formatHex(user) + turned;
        }

        @Override
        public int compareTo(Model other) {
            int order = Arrays.compareUnsigned(user, other.user);
            if (order == 0) {
                order = Long.compare(other.sequence, sequence);
            }
            return order == 0 ? Integer.compare(other.kind, kind) : order;
        }

        /** LevelDB's FindShortestSeparator, from its source. */
        Slice separator(Model limit) {
            int same = Arrays.mismatch(user, limit.user);
            if (same < 0 || same >= Math.min(user.length, limit.user.length)) {
                return bytes();
            }
            int raised = (user[same] & 0xff) + 1;
            boolean fits = raised < (limit.user[same] & 0xff) && same + 1 < user.length;
            return fits ? cut(same, raised) : bytes();
        }

        /** LevelDB's FindShortSuccessor, from its source. */
        Slice successor() {
            int at = 0;
            while (at < user.length && user[at] == -1) {
                at++;
            }
            return at + 1 < user.length ? cut(at, (user[at] & 0xff) + 1) : bytes();
        }

        private Slice cut(int at, int value) {
            byte[] key = Arrays.copyOf(user, at + 1);
            key[at] = (byte) value;
            return new Model(key, (1L << 56) - 1, 1).bytes();
        }
    }

    @Test
    @DisplayName("any two internal keys are in the order of the definition, and the other way round")
    void order() {
        Seeds.check(4000, random -> {
            Model one = Model.random(random);
            Model other = random.nextInt(3) == 0 ? Model.random(random) : one.near(random);
            int expected = Integer.signum(one.compareTo(other));
            String what = "compare(" + InternalKey.toString(one.bytes()) + ", " + InternalKey.toString(other.bytes())
                    + "), in bytes " + one.hex() + " and " + other.hex();
            assertEquals(expected, Integer.signum(ORDER.compare(one.bytes(), other.bytes())), what);
            assertEquals(-expected, Integer.signum(ORDER.compare(other.bytes(), one.bytes())), what + ", swapped");
            assertEquals(0, ORDER.compare(one.bytes(), one.bytes()), "compare of " + one.hex() + " with itself");
        });
    }

    @Test
    @DisplayName("keys that differ in any one byte, of any length up to three words, are ordered by that byte")
    void everyByte() {
        for (int length = 1; length <= 24; length++) {
            for (int at = 0; at < length; at++) {
                byte[] low = new byte[length];
                Arrays.fill(low, (byte) 'x');
                byte[] high = low.clone();
                low[at] = 0x7f;
                high[at] = (byte) 0x80;
                Arrays.fill(low, at + 1, length, (byte) -1);
                Slice one = new Model(low, 1, 1).bytes();
                Slice other = new Model(high, 9, 1).bytes();
                String what = "two keys of " + length + " bytes, the one with 0x7f at " + at + ", the other with 0x80";
                assertTrue(ORDER.compare(one, other) < 0, what + ": the first is not less");
                assertTrue(ORDER.compare(other, one) > 0, what + ": the second is not greater");
            }
        }
    }

    @Test
    @DisplayName("sequences are compared as they are, also those that fill all 56 bits")
    void largeSequences() {
        long[] descending = {(1L << 56) - 1, 1L << 55, (1L << 55) - 1, 1L << 31, 255, 128, 127, 1, 0};
        List<Slice> keys = new ArrayList<>();
        for (long sequence : descending) {
            keys.add(new Model(new byte[] {'a'}, sequence, 1).bytes());
            keys.add(new Model(new byte[] {'a'}, sequence, 0).bytes());
        }
        for (int i = 0; i < keys.size(); i++) {
            for (int j = 0; j < keys.size(); j++) {
                assertEquals(
                        Integer.compare(i, j),
                        Integer.signum(ORDER.compare(keys.get(i), keys.get(j))),
                        "compare(" + InternalKey.toString(keys.get(i)) + ", " + InternalKey.toString(keys.get(j))
                                + ")");
            }
        }
    }

    @Test
    @DisplayName("keys are compared where they lie, whatever is around them")
    void views() {
        Seeds.check(500, random -> {
            Model one = Model.random(random);
            Model other = one.near(random);
            byte[] block = new byte[100];
            random.nextBytes(block);
            one.bytes().copyTo(block, 3);
            other.bytes().copyTo(block, 50);
            int found = ORDER.compare(
                    Slice.wrap(block, 3, one.bytes().length()),
                    Slice.wrap(block, 50, other.bytes().length()));
            assertEquals(
                    Integer.signum(one.compareTo(other)),
                    Integer.signum(found),
                    "compare(" + one.hex() + ", " + other.hex() + ") in the middle of other bytes");
        });
    }

    @Test
    @DisplayName("separators are LevelDB's, byte for byte, and separate")
    void separators() {
        Seeds.check(4000, random -> {
            Model one = Model.random(random);
            Model other = random.nextBoolean() ? Model.random(random) : one.near(random);
            Model from = one.compareTo(other) < 0 ? one : other;
            Model limit = one.compareTo(other) < 0 ? other : one;
            if (from.compareTo(limit) == 0) {
                return;
            }
            Slice separator = ORDER.shortestSeparator(from.bytes(), limit.bytes());
            String what = "between " + from.hex() + " and " + limit.hex();
            assertEquals(hex(from.separator(limit)), hex(separator), "the separator " + what);
            assertTrue(ORDER.compare(separator, from.bytes()) >= 0, hex(separator) + " is not " + what);
            assertTrue(ORDER.compare(separator, limit.bytes()) < 0, hex(separator) + " is not " + what);
        });
    }

    @Test
    @DisplayName("a separator is short where keys are long, and the key itself where nothing shorter separates")
    void examples() {
        assertSeparator("user:anna", "user:zoe", "user:b");
        assertSeparator("user:anna", "user:belle", "user:anna");
        assertSeparator("user:anna", "user:bz", "user:anna");
        assertSeparator("user:anna", "user:c", "user:b");
        assertSeparator("a", "c", "a");
        assertSeparator("ab", "c", "b");
        assertSeparator("abc", "abcdef", "abc");
        Slice high = new Model(new byte[] {'a', -1, 5}, 1, 1).bytes();
        Slice limit = new Model(new byte[] {'b'}, 1, 1).bytes();
        assertEquals(high, ORDER.shortestSeparator(high, limit), "the separator of a ff 05 and b");
    }

    private static void assertSeparator(String from, String limit, String expected) {
        Slice found = ORDER.shortestSeparator(
                InternalKey.of(Slice.utf8(from), 7, ValueKind.VALUE),
                InternalKey.of(Slice.utf8(limit), 3, ValueKind.VALUE));
        Slice wanted = InternalKey.of(
                Slice.utf8(expected), expected.equals(from) ? 7 : InternalKey.MAX_SEQUENCE, ValueKind.VALUE);
        assertEquals(hex(wanted), hex(found), "the separator of " + from + " and " + limit);
    }

    @Test
    @DisplayName("successors are LevelDB's, byte for byte, and not less")
    void successors() {
        Seeds.check(2000, random -> {
            Model from = Model.random(random);
            Slice successor = ORDER.shortSuccessor(from.bytes());
            assertEquals(hex(from.successor()), hex(successor), "the successor of " + from.hex());
            assertTrue(ORDER.compare(successor, from.bytes()) >= 0, hex(successor) + " is less than " + from.hex());
        });
    }

    private static String hex(Slice bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    @DisplayName("two long keys are compared where they lie: nothing of them is copied")
    void copiesNothing() {
        byte[] low = new byte[50_000];
        byte[] high = low.clone();
        high[low.length - 1] = 1;
        Slice one = new Model(low, 1, 1).bytes();
        Slice other = new Model(high, 1, 1).bytes();
        Allocations.assertAtMost(100 * 1000, "100 comparisons of two keys of 50,000 bytes", () -> {
            for (int i = 0; i < 100; i++) {
                assertTrue(ORDER.compare(one, other) < 0, "the key that ends with 0 is not less than that with 1");
            }
        });
    }
}
