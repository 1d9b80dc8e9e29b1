package storagelab.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

class KeyRangeTest {
    private static final Slice B = Slice.utf8("b");
    private static final Slice D = Slice.utf8("d");

    @Test
    @DisplayName("a range has its lower end and not its upper")
    void halfOpen() {
        KeyRange range = KeyRange.of(B, D);
        assertThat("the lower end is in it", range.contains(B), is(true));
        assertThat("a key in between is in it", range.contains(Slice.utf8("c")), is(true));
        assertThat("the last key below the upper end", range.contains(Slice.utf8("cz")), is(true));
        assertThat("the upper end is not in it", range.contains(D), is(false));
        assertThat("a key below is not in it", range.contains(Slice.utf8("az")), is(false));
        assertThat("a key above is not in it", range.contains(Slice.utf8("d\0")), is(false));
    }

    @Test
    @DisplayName("a range without an upper end has everything from the lower end on, and all() has the empty key, too")
    void withoutUpperEnd() {
        assertThat(KeyRange.from(B).contains(Slice.copyOf((byte) 0xff)), is(true));
        assertThat(KeyRange.from(B).contains(Slice.utf8("a")), is(false));
        assertThat(KeyRange.all().contains(Slice.EMPTY), is(true));
        assertNull(KeyRange.all().to(), "the upper end of all()");
    }

    @Test
    @DisplayName("a range from a key to itself is empty, and one downward is an error that names both ends")
    void emptyAndWrong() {
        assertThat("whether [b, b) has b", KeyRange.of(B, B).contains(B), is(false));
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> KeyRange.of(D, B));
        assertThat(wrong.getMessage(), containsString("from d down to b"));
        assertThrows(
                IllegalArgumentException.class,
                () -> KeyRange.of(Slice.copyOf((byte) 0x80), Slice.copyOf((byte) 0x7f)),
                "0x80 is greater than 0x7f, as unsigned bytes");
    }

    @Test
    @DisplayName("the range of a prefix ends at the prefix with its last byte that can grow increased")
    void prefixEnds() {
        assertEquals(
                KeyRange.of(Slice.utf8("ab"), Slice.utf8("ac")), KeyRange.prefix(Slice.utf8("ab")), "the prefix ab");
        assertEquals(
                KeyRange.of(bytes(0x61, 0xff), bytes(0x62)), KeyRange.prefix(bytes(0x61, 0xff)), "the prefix 61ff");
        assertEquals(KeyRange.of(bytes(0x7f), bytes(0x80)), KeyRange.prefix(bytes(0x7f)), "the prefix 7f");
        assertEquals(KeyRange.from(bytes(0xff, 0xff)), KeyRange.prefix(bytes(0xff, 0xff)), "the prefix ffff");
        assertEquals(KeyRange.all(), KeyRange.prefix(Slice.EMPTY), "the empty prefix");
    }

    @Test
    @DisplayName("the range of a prefix has exactly the keys that begin with it")
    void prefixMeansStartsWith() {
        Seeds.check(2000, random -> {
            byte[] prefix = new byte[random.nextInt(4)];
            byte[] key = new byte[random.nextInt(6)];
            int[] few = {0x00, 0x61, 0x7f, 0x80, 0xfe, 0xff};
            for (int i = 0; i < prefix.length; i++) {
                prefix[i] = (byte) few[random.nextInt(few.length)];
            }
            for (int i = 0; i < key.length; i++) {
                key[i] =
                        i < prefix.length && random.nextInt(4) > 0 ? prefix[i] : (byte) few[random.nextInt(few.length)];
            }
            KeyRange range = KeyRange.prefix(Slice.wrap(prefix));
            assertEquals(
                    Slice.wrap(key).startsWith(Slice.wrap(prefix)),
                    range.contains(Slice.wrap(key)),
                    "whether " + range + " has " + Slice.wrap(key));
        });
    }

    @Test
    @DisplayName("a range is printed as the interval it is")
    void printed() {
        assertThat(KeyRange.of(B, D).toString(), is("[b, d)"));
        assertThat(KeyRange.from(B).toString(), is("[b, ∞)"));
    }

    private static Slice bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Slice.wrap(bytes);
    }
}
