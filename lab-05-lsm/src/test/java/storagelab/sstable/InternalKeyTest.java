package storagelab.sstable;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.testkit.Seeds;

@Tag("5.2")
class InternalKeyTest {
    private static final InternalKeyOrder ORDER = InternalKeyOrder.ORDER;

    private static Slice key(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.VALUE);
    }

    private static Slice deletion(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.DELETION);
    }

    private static String hex(Slice bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes.toByteArray());
    }

    @Test
    @DisplayName("the worked example: key, sequence and kind, byte for byte")
    void workedExample() {
        assertThat("(a, 5, VALUE)", hex(key("a", 5)), is("61 01 05 00 00 00 00 00 00"));
        assertThat("(a, 3, DELETION)", hex(deletion("a", 3)), is("61 00 03 00 00 00 00 00 00"));
        assertThat("(a and a zero byte, 9, VALUE)", hex(key("a\0", 9)), is("61 00 01 09 00 00 00 00 00 00"));
        assertThat("(no bytes, 258, VALUE)", hex(key("", 258)), is("01 02 01 00 00 00 00 00"));
    }

    @Test
    @DisplayName("an internal key says what it was made of")
    void parts() {
        Slice key = deletion("a key", InternalKey.MAX_SEQUENCE);
        assertThat("the key of the user", InternalKey.userKey(key), is(Slice.utf8("a key")));
        assertThat("the sequence", InternalKey.sequence(key), is(InternalKey.MAX_SEQUENCE));
        assertThat("the kind", InternalKey.kind(key), is(ValueKind.DELETION));
        assertThat("the tag", InternalKey.tag(key), is(-256L));
        assertThat("the tag of 5 and VALUE", InternalKey.tag(5, ValueKind.VALUE), is(0x501L));
        assertThat("for messages", InternalKey.toString(deletion("a", 5)), is("a@5†"));
    }

    @Test
    @DisplayName("sequences beyond 56 bits, keys without a tag, and kinds that there are not, are refused")
    void refused() {
        assertThrows(IllegalArgumentException.class, () -> key("a", -1), "sequence -1");
        assertThrows(IllegalArgumentException.class, () -> key("a", InternalKey.MAX_SEQUENCE + 1), "sequence 2^56");
        assertThrows(IllegalArgumentException.class, () -> InternalKey.userKey(Slice.utf8("seven b")), "seven bytes");
        Slice odd = Slice.wrap(HexFormat.of().parseHex("610205000000000000"));
        assertThrows(IllegalArgumentException.class, () -> InternalKey.kind(odd), "kind 2");
    }

    @Test
    @DisplayName("keys ascend as unsigned bytes, and of a key the newest comes first")
    void order() {
        List<Slice> sorted = List.of(
                key("", 1),
                InternalKey.seekKey(Slice.utf8("a"), 9),
                deletion("a", 9),
                key("a", 5),
                deletion("a", 3),
                key("a", 0),
                key("a\0", 9),
                key("abcdefgh", 1),
                key("abcdefghi", 1),
                key("abcdefgi", 1),
                key("b", 1),
                InternalKey.of(Slice.copyOf((byte) 0x80), InternalKey.MAX_SEQUENCE, ValueKind.VALUE),
                InternalKey.of(Slice.copyOf((byte) 0x80), 1, ValueKind.VALUE));
        Seeds.check(20, random -> {
            List<Slice> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, random);
            shuffled.sort(ORDER);
            assertThat(shuffled, is(sorted));
        });
    }

    @Test
    @DisplayName("the first key that is not before the seek key is what the reader may see")
    void seek() {
        List<Slice> writes = List.of(key("a", 8), deletion("a", 5), key("a", 3), key("b", 4));
        String[] found = {"b@4", "b@4", "b@4", "a@3", "a@3", "a@5†", "a@5†", "a@5†", "a@8", "a@8"};
        for (int sequence = 0; sequence < found.length; sequence++) {
            Slice seek = InternalKey.seekKey(Slice.utf8("a"), sequence);
            Slice first = writes.stream()
                    .filter(key -> ORDER.compare(key, seek) >= 0)
                    .findFirst()
                    .orElseThrow();
            assertThat("found for a at " + sequence, InternalKey.toString(first), is(found[sequence]));
        }
    }

    @Test
    @DisplayName("separators are what LevelDB makes: raised by one at the first difference, if that is short and small")
    void separators() {
        Slice b = key("b", InternalKey.MAX_SEQUENCE);
        assertThat("apple to cherry", ORDER.shortestSeparator(key("apple", 7), key("cherry", 3)), is(b));
        assertThat("apple to banana", ORDER.shortestSeparator(key("apple", 7), key("banana", 3)), is(key("apple", 7)));
        assertThat("foo to foobar", ORDER.shortestSeparator(key("foo", 7), key("foobar", 3)), is(key("foo", 7)));
        assertThat("foo to foo", ORDER.shortestSeparator(key("foo", 7), key("foo", 3)), is(key("foo", 7)));
        assertThat("fo1 to fo9", ORDER.shortestSeparator(key("fo1", 7), key("fo9", 3)), is(key("fo1", 7)));
        assertThat("after foo", ORDER.shortSuccessor(key("foo", 7)), is(key("g", InternalKey.MAX_SEQUENCE)));
        Slice high = InternalKey.of(Slice.copyOf((byte) 0xff, (byte) 0xff), 7, ValueKind.VALUE);
        assertThat("after the highest", ORDER.shortSuccessor(high), is(high));
    }

    @Test
    @DisplayName("a separator is never less than the one key, and always less than the other")
    void separatorsSeparate() {
        Seeds.check(2000, random -> {
            Slice from = random(random);
            Slice limit = random(random);
            assertThat("successor and key", ORDER.compare(ORDER.shortSuccessor(from), from), greaterThanOrEqualTo(0));
            if (ORDER.compare(from, limit) < 0) {
                Slice separator = ORDER.shortestSeparator(from, limit);
                String between = hex(separator) + " between " + hex(from) + " and " + hex(limit);
                assertThat(between, ORDER.compare(separator, from), greaterThanOrEqualTo(0));
                assertThat(between, ORDER.compare(separator, limit), lessThan(0));
            }
        });
    }

    private static Slice random(Random random) {
        byte[] user = new byte[random.nextInt(4)];
        for (int i = 0; i < user.length; i++) {
            user[i] = (byte) (random.nextInt(4) - 2);
        }
        return InternalKey.of(Slice.wrap(user), random.nextInt(3), ValueKind.VALUE);
    }
}
