package storagelab.bloom;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.api.Slice;
import storagelab.testkit.lsm.FilterRates;

@Tag("5.1")
class BlockedBloomFilterTest {
    @Test
    @DisplayName("the worked example: which bits hello sets, and where it is looked for among two blocks")
    void workedExample() {
        BlockedBloomFilter policy = new BlockedBloomFilter(10);
        Slice filter = policy.create(List.of(Slice.utf8("hello")));
        assertThat("bytes of a filter of one key", filter.length(), is(65));
        assertThat("k", (int) filter.byteAt(64), is(7));
        TreeSet<Integer> bits = new TreeSet<>();
        for (int i = 0; i < 512; i++) {
            if ((filter.byteAt(i / 8) >> i % 8 & 1) == 1) {
                bits.add(i);
            }
        }
        assertThat("the bits of hello", List.copyOf(bits), is(List.of(58, 173, 176, 245, 334, 431, 505)));

        byte[] two = new byte[129];
        filter.copyTo(two, 64);
        assertThat("hello in block 1 of 2", policy.mayContain(Slice.wrap(two), Slice.utf8("hello")), is(true));
        two = new byte[129];
        filter.subSlice(0, 64).copyTo(two, 0);
        two[128] = 7;
        assertThat("hello in block 0 of 2", policy.mayContain(Slice.wrap(two), Slice.utf8("hello")), is(false));
    }

    @Test
    @DisplayName("100 keys of ten bits are two blocks and a byte; what was not made here may contain everything")
    void size() {
        BlockedBloomFilter policy = new BlockedBloomFilter(10);
        Slice filter = policy.create(FilterRates.keys("key", 100));
        assertThat("bytes of a filter of 100 keys", filter.length(), is(129));
        assertThat("bytes of a filter of no keys", policy.create(List.of()).length(), is(65));
        Slice key = Slice.utf8("key");
        assertThat("12 bytes", policy.mayContain(Slice.utf8("what is this"), key), is(true));
        assertThat("no bytes", policy.mayContain(Slice.EMPTY, key), is(true));
        assertThat("no keys", policy.mayContain(policy.create(List.of()), key), is(false));
        assertThrows(IllegalArgumentException.class, () -> new BlockedBloomFilter(0));
    }

    @ParameterizedTest
    @CsvSource({"5, 3", "8, 6", "10, 7", "12, 8", "16, 11"})
    @DisplayName("no key is missing, and false answers are within a fifth of what the formula of blocks says")
    void rate(int bitsPerKey, int k) {
        BlockedBloomFilter policy = new BlockedBloomFilter(bitsPerKey);
        List<Slice> keys = FilterRates.keys("key", 20_000);
        Slice filter = policy.create(keys);
        for (Slice key : keys) {
            assertThat("has " + key, policy.mayContain(filter, key), is(true));
        }
        double times = FilterRates.measured(policy, 20_000, 500_000) / FilterRates.inBlocks(bitsPerKey, k);
        assertThat("false answers, divided by what the formula says", times, closeTo(1, 0.2));
    }
}
