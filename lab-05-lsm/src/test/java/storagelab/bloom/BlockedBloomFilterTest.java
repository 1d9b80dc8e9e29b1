package storagelab.bloom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.api.Slice;

class BlockedBloomFilterTest {
    @Test
    @DisplayName("100 keys of ten bits are two blocks and a byte; bytes that are no filter may contain everything")
    void size() {
        BlockedBloomFilter policy = new BlockedBloomFilter(10);
        Slice filter = policy.create(keys("key", 100));
        assertEquals(129, filter.length());
        assertEquals(7, filter.byteAt(128));
        assertEquals(65, policy.create(List.of()).length());
        assertTrue(policy.mayContain(Slice.utf8("what is this"), Slice.utf8("key")));
        assertTrue(policy.mayContain(Slice.EMPTY, Slice.utf8("key")));
        assertThrows(IllegalArgumentException.class, () -> new BlockedBloomFilter(0));
    }

    @ParameterizedTest
    @CsvSource({"5, 1.25", "8, 1.35", "10, 1.5", "12, 1.8"})
    @DisplayName(
            "no key is missing, and the rate of false answers is a little more than that of bits that lie anywhere")
    void rate(int bitsPerKey, double timesAtMost) {
        BlockedBloomFilter policy = new BlockedBloomFilter(bitsPerKey);
        List<Slice> keys = keys("key", 20_000);
        Slice filter = policy.create(keys);
        for (Slice key : keys) {
            assertTrue(policy.mayContain(filter, key), key + " is in the filter");
        }
        int asked = 300_000;
        long wrong = keys("other", asked).stream()
                .filter(key -> policy.mayContain(filter, key))
                .count();
        double times = (double) wrong / asked / Math.pow(0.6185, bitsPerKey);
        assertTrue(times <= timesAtMost, "false answers are " + times + " times those of the formula");
        assertTrue(times >= 0.8, "false answers are " + times + " times those of the formula");
    }

    private static List<Slice> keys(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> Slice.utf8(prefix + i)).toList();
    }
}
