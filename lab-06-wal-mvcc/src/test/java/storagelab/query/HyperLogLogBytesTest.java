package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.Seeds;

class HyperLogLogBytesTest {
    @Test
    @DisplayName("decoding returns the counter that was encoded, and refuses other bytes")
    void bytes() {
        Seeds.check(50, random -> {
            int precision = 4 + random.nextInt(8);
            byte[] bytes = new byte[2 + (1 << precision)];
            bytes[0] = 1;
            bytes[1] = (byte) precision;
            for (int i = 2; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt(66 - precision);
            }
            assertThat(HyperLogLog.decode(Slice.wrap(bytes)).encode(), is(Slice.wrap(bytes)));
        });
        byte[] good = new HyperLogLog(4).encode().toByteArray();
        for (int length = 0; length < good.length; length++) {
            Slice cut = Slice.wrap(good, 0, length);
            assertThrows(IllegalArgumentException.class, () -> HyperLogLog.decode(cut), length + " bytes");
        }
        assertRefused("another version", good, 0, 2);
        assertRefused("precision 3", good, 1, 3);
        assertRefused("precision 19", good, 1, 19);
        assertRefused("a rank of 62", good, 2, 62);
        assertRefused("a negative rank", good, 2, -1);
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        assertThrows(IllegalArgumentException.class, () -> HyperLogLog.decode(Slice.wrap(longer)), "a byte more");
    }

    private static void assertRefused(String what, byte[] good, int at, int value) {
        byte[] bad = good.clone();
        bad[at] = (byte) value;
        assertThrows(IllegalArgumentException.class, () -> HyperLogLog.decode(Slice.wrap(bad)), what);
    }

    @Test
    @DisplayName("a precision that is not between 4 and 18 is refused")
    void precision() {
        assertThrows(IllegalArgumentException.class, () -> new HyperLogLog(3));
        assertThrows(IllegalArgumentException.class, () -> new HyperLogLog(19));
    }
}
