package storagelab.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.Seeds;

class InternalKeyTest {
    private static Slice key(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.VALUE);
    }

    @Test
    @DisplayName("the worked example: key, sequence and kind, in nine bytes and back")
    void workedExample() {
        Slice key = key("a", 5);
        assertEquals("610105000000000000", BaseEncoding.base16().lowerCase().encode(key.toByteArray()));
        assertEquals(Slice.utf8("a"), InternalKey.userKey(key));
        assertEquals(5, InternalKey.sequence(key));
        assertEquals(ValueKind.VALUE, InternalKey.kind(key));
        assertEquals("a@5", InternalKey.toString(key));
        assertEquals("a@5†", InternalKey.toString(InternalKey.of(Slice.utf8("a"), 5, ValueKind.DELETION)));
    }

    @Test
    @DisplayName("sequences beyond 56 bits, and keys without a tag, are refused with what is wrong")
    void refused() {
        assertThrows(IllegalArgumentException.class, () -> key("a", -1));
        assertThrows(IllegalArgumentException.class, () -> key("a", InternalKey.MAX_SEQUENCE + 1));
        assertEquals(InternalKey.MAX_SEQUENCE, InternalKey.sequence(key("a", InternalKey.MAX_SEQUENCE)));
        assertThrows(IllegalArgumentException.class, () -> InternalKey.userKey(Slice.utf8("seven b")));
    }

    @Test
    @DisplayName(
            "keys ascend as unsigned bytes; of a key the newest comes first; and its seek key before everything it can see")
    void order() {
        List<Slice> sorted = List.of(
                InternalKey.seekKey(Slice.utf8("a"), 9),
                InternalKey.of(Slice.utf8("a"), 9, ValueKind.DELETION),
                key("a", 5),
                key("a", 0),
                key("a\0", 9),
                key("b", 1),
                InternalKey.of(Slice.copyOf((byte) 0x80), 1, ValueKind.VALUE));
        List<Slice> shuffled = new ArrayList<>(sorted);
        Seeds.check(20, random -> {
            Collections.shuffle(shuffled, random);
            shuffled.sort(InternalKeyOrder.ORDER);
            assertEquals(sorted, shuffled);
        });
    }

    @Test
    @DisplayName(
            "separators are what LevelDB makes: raised by one at the first difference, if that is short and small enough")
    void separators() {
        InternalKeyOrder order = InternalKeyOrder.ORDER;
        assertEquals(key("b", InternalKey.MAX_SEQUENCE), order.shortestSeparator(key("apple", 7), key("cherry", 3)));
        assertEquals(key("apple", 7), order.shortestSeparator(key("apple", 7), key("banana", 3)));
        assertEquals(key("foo", 7), order.shortestSeparator(key("foo", 7), key("foobar", 3)));
        assertEquals(key("foo", 7), order.shortestSeparator(key("foo", 7), key("foo", 3)));
        assertEquals(key("g", InternalKey.MAX_SEQUENCE), order.shortSuccessor(key("foo", 7)));
        Slice high = InternalKey.of(Slice.copyOf((byte) 0xff, (byte) 0xff), 7, ValueKind.VALUE);
        assertEquals(high, order.shortSuccessor(high));
    }

    @Test
    @DisplayName("a separator is never less than the one key, and always less than the other")
    void separatorsSeparate() {
        Seeds.check(2000, random -> {
            byte[] one = new byte[random.nextInt(4)];
            byte[] other = new byte[random.nextInt(4)];
            for (byte[] bytes : List.of(one, other)) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (random.nextInt(4) - 2);
                }
            }
            Slice from = InternalKey.of(Slice.wrap(one), random.nextInt(3), ValueKind.VALUE);
            Slice limit = InternalKey.of(Slice.wrap(other), random.nextInt(3), ValueKind.VALUE);
            InternalKeyOrder order = InternalKeyOrder.ORDER;
            assertTrue(order.compare(order.shortSuccessor(from), from) >= 0, "successor of " + from);
            if (order.compare(from, limit) < 0) {
                Slice separator = order.shortestSeparator(from, limit);
                assertTrue(order.compare(from, separator) <= 0, separator + " between " + from + " and " + limit);
                assertTrue(order.compare(separator, limit) < 0, separator + " between " + from + " and " + limit);
            }
        });
    }
}
