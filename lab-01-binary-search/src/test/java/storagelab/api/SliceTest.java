package storagelab.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.primitives.Bytes;
import com.google.common.primitives.UnsignedBytes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A slice")
class SliceTest {
    @Test
    @DisplayName("has words of eight bytes, filled up with zeros, wherever it lies in its array")
    void words() {
        byte[] around = "x-banana split-y".getBytes(US_ASCII);
        Slice split = Slice.wrap(around, 2, 12);
        assertThat(split.wordAt(0), is(0x62616e616e612073L));
        assertThat(split.wordAt(5), is(0x612073706c697400L));
        assertThat(split.wordAt(8), is(0x706c697400000000L));
        assertThat(split.wordAt(12), is(0L));
        assertThat(split.wordAt(100), is(0L));
        assertThat(Slice.copyOf((byte) 0x80, (byte) 0xff).wordAt(0), is(0x80ff000000000000L));
        assertThat(Slice.EMPTY.wordAt(0), is(0L));
        assertThrows(IndexOutOfBoundsException.class, () -> split.wordAt(-1));
    }

    @Test
    @DisplayName("is ordered as unsigned bytes are, and its words agree wherever they differ")
    void order() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            byte[] one = bytes(random);
            byte[] other = bytes(random);
            int expected =
                    Integer.signum(UnsignedBytes.lexicographicalComparator().compare(one, other));
            Slice first = Slice.wrap(one);
            Slice second = Slice.wrap(other);
            assertThat(Integer.signum(first.compareTo(second)), is(expected));
            int byWord = Integer.signum(Long.compareUnsigned(first.wordAt(0), second.wordAt(0)));
            if (byWord != 0) {
                assertThat(first + " and " + second, byWord, is(expected));
            }
        }
    }

    @Test
    @DisplayName("what two slices have in common at their beginnings ends where they first differ, or where one ends")
    void commonPrefix() {
        assertThat(Slice.utf8("green").commonPrefix(Slice.utf8("grey")), is(3));
        assertThat(Slice.utf8("a-long-common-front").commonPrefix(Slice.utf8("a-long-common-frame")), is(16));
        assertThat("a zero byte is a byte", Slice.copyOf((byte) 0).commonPrefix(Slice.EMPTY), is(0));
        Random random = new Random(12);
        for (int round = 0; round < 20_000; round++) {
            byte[] one = bytes(random);
            byte[] other = random.nextBoolean() ? bytes(random) : Arrays.copyOf(one, random.nextInt(11));
            int expected = 0;
            while (expected < Math.min(one.length, other.length) && one[expected] == other[expected]) {
                expected++;
            }
            Slice first = Slice.wrap(one);
            Slice second = Slice.wrap(Bytes.concat(new byte[3], other), 3, other.length);
            assertThat(first + " and " + second, first.commonPrefix(second), is(expected));
            assertThat(second + " and " + first, second.commonPrefix(first), is(expected));
        }
    }

    /** Up to ten bytes, from few and extreme ones, so that many are alike. */
    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(11)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) * 0x7f + random.nextInt(2));
        }
        return bytes;
    }
}
