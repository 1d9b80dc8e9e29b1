package storagelab.bloom;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Slice;
import storagelab.testkit.lsm.FilterRates;

@Tag("5.1")
class BloomFilterTest {
    private static Slice filter(int bitsPerKey, String... keys) {
        return new BloomFilter(bitsPerKey)
                .create(Stream.of(keys).map(Slice::utf8).toList());
    }

    private static String hex(Slice bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes.toByteArray());
    }

    @Test
    @DisplayName("the worked example: a filter of hello, and one of hello and world, byte for byte")
    void workedExample() {
        assertThat("a filter of hello", hex(filter(10, "hello")), is("01 40 00 01 04 10 40 00 06"));
        assertThat("a filter of hello and world", hex(filter(10, "hello", "world")), is("11 40 00 41 44 10 40 10 06"));
        assertThat(
                "has hello",
                new BloomFilter(10).mayContain(filter(10, "hello", "world"), Slice.utf8("hello")),
                is(true));
        assertThat("has x", new BloomFilter(10).mayContain(filter(10, "hello", "world"), Slice.utf8("x")), is(false));
    }

    @Test
    @DisplayName("a filter that C++ LevelDB has written: eleven keys of ten bits")
    void levelDb() {
        String[] keys = Stream.of(
                        2989579, 2989625, 2991727, 2992470, 2997132, 2997248, 2998221, 2998330, 3014517, 3016133,
                        3016890)
                .map(number -> "FR/94/" + number)
                .toArray(String[]::new);
        assertThat("the filter", hex(filter(10, keys)), is("e6 0d 05 b7 ca c5 71 32 19 95 c0 0c 87 22 06"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "10, 6", "43, 29", "44, 30", "100, 30"})
    @DisplayName("the last byte is k: 0.69 for each bit of a key, without what is behind the point, 1 to 30")
    void probes(int bitsPerKey, int k) {
        Slice filter = filter(bitsPerKey, "a", "b", "c");
        assertThat("k of " + bitsPerKey + " bits a key", (int) filter.byteAt(filter.length() - 1), is(k));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8, 10, 12})
    @DisplayName("no key is missing, and false answers are within a fifth of 0.6185 to the power of the bits")
    void rate(int bitsPerKey) {
        BloomFilter policy = new BloomFilter(bitsPerKey);
        List<Slice> keys = FilterRates.keys("key", 20_000);
        Slice filter = policy.create(keys);
        for (Slice key : keys) {
            assertThat("has " + key, policy.mayContain(filter, key), is(true));
        }
        double times = FilterRates.measured(policy, 20_000, 300_000) / FilterRates.anywhere(bitsPerKey);
        assertThat("false answers, divided by 0.6185^" + bitsPerKey, times, closeTo(1, 0.2));
    }

    @ParameterizedTest
    @CsvSource({"20000, 0.0082, 0.0101", "100000, 0.0079, 0.0078", "1000000, 0.0118, 0.0117"})
    @DisplayName("ten bits a key, with the weakness of a hash of 32 bits: the rates that the chapter on filters shows")
    void weakInLargeFilters(int count, double otherText, double countingOn) {
        BloomFilter policy = new BloomFilter(10);
        assertThat("other text", FilterRates.measured(policy, count, 2_000_000), closeTo(otherText, 0.00006));
        Slice filter = policy.create(FilterRates.keys("key", count));
        long wrong = IntStream.range(count, count + 2_000_000)
                .filter(i -> policy.mayContain(filter, Slice.utf8("key" + i)))
                .count();
        assertThat("the numbers that follow", wrong / 2_000_000.0, closeTo(countingOn, 0.00006));
    }

    @Test
    @DisplayName(
            "a filter is asked with its own k, one of an unknown kind may have everything, one without bits nothing")
    void others() {
        BloomFilter policy = new BloomFilter(3);
        Slice hello = Slice.utf8("hello");
        assertThat("a filter of ten bits a key, which has it", policy.mayContain(filter(10, "hello"), hello), is(true));
        Slice oneBitLess = Slice.copyOf(
                (byte) 1, (byte) 64, (byte) 0, (byte) 1, (byte) 4, (byte) 16, (byte) 0, (byte) 0, (byte) 6);
        assertThat("one in which its fifth bit is not set", policy.mayContain(oneBitLess, hello), is(false));
        assertThat("k is 31", policy.mayContain(Slice.copyOf((byte) 0, (byte) 0, (byte) 31), hello), is(true));
        assertThat("no bytes", policy.mayContain(Slice.EMPTY, hello), is(false));
        assertThat("no keys", policy.mayContain(filter(3), hello), is(false));
    }

    @Test
    @DisplayName("less than one bit a key is refused")
    void refused() {
        assertThrows(IllegalArgumentException.class, () -> new BloomFilter(0));
    }
}
