package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.bloom.BlockedBloomFilter;
import storagelab.testkit.Step;
import storagelab.testkit.lsm.FilterRates;

/** Exercise 5.1: the filter that looks at one line of memory a key. */
@Tag("5.1")
class BlockedBloomFilterHiddenTest {
    @Test
    @DisplayName("any number of keys with any number of bits gives the bytes of the format of blocks")
    void bytes() {
        FilterChecks.assertBytes(BlockedBloomFilterHiddenTest::expected, BlockedBloomFilter::new);
    }

    @Test
    @DisplayName("a filter is blocks of 64 bytes, at least one, and a byte; k is rounded and from 1 to 30")
    void sizes() {
        int[] probes = {1, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 8};
        for (int bits = 1; bits <= probes.length; bits++) {
            Step.at("create of no keys with " + bits + " bits a key: 65 bytes are expected, the last is k");
            Slice filter = new BlockedBloomFilter(bits).create(List.of());
            assertEquals(65, filter.length(), "bytes of a filter of no keys with " + bits + " bits each");
            assertEquals(probes[bits - 1], filter.byteAt(64), "k for " + bits + " bits");
        }
        int[][] large = {{42, 29}, {43, 30}, {1000, 30}, {40_000_000, 30}, {Integer.MAX_VALUE, 30}};
        for (int[] each : large) {
            Step.at("create of no keys with " + each[0] + " bits a key: the last byte is k, which should be "
                    + each[1]);
            assertEquals(
                    each[1],
                    new BlockedBloomFilter(each[0]).create(List.of()).byteAt(64),
                    "k for " + each[0] + " bits");
        }
        int[][] lengths = {{0, 65}, {1, 65}, {64, 65}, {65, 129}, {128, 129}, {129, 193}, {6400, 6401}};
        FilterChecks.assertLengths(lengths, new BlockedBloomFilter(8), "eight");
    }

    @Test
    @DisplayName("there is no false no in a filter of blocks, whatever keys it has")
    void noFalseNegative() {
        FilterChecks.assertNoFalseNegative(BlockedBloomFilter::new);
    }

    @Test
    @DisplayName("false answers of a filter of blocks are within a fifth of what its formula says, from 2 to 16 bits")
    void rates() {
        int[][] cases = {{2, 1}, {4, 3}, {6, 4}, {8, 6}, {10, 7}, {12, 8}, {14, 10}, {16, 11}};
        for (int[] each : cases) {
            FilterChecks.assertRate(FilterRates.inBlocks(each[0], each[1]), new BlockedBloomFilter(each[0]), each[0]);
        }
    }

    @Test
    @DisplayName("all bits of a key are in one block, and a key is looked for in no other")
    void oneBlock() {
        BlockedBloomFilter policy = new BlockedBloomFilter(10);
        Step.at("create of 1,000 keys with ten bits each, and mayContain of filters that have one of its 20 blocks");
        Slice whole = policy.create(FilterRates.keys("key", 1000));
        assertEquals(20 * 64 + 1, whole.length(), "bytes of a filter of 1,000 keys with ten bits each");
        TreeSet<Integer> chosen = new TreeSet<>();
        for (Slice key : FilterRates.keys("key", 200)) {
            int enough = -1;
            for (int block = 0; block < 20; block++) {
                byte[] only = new byte[whole.length()];
                whole.subSlice(64 * block, 64 * block + 64).copyTo(only, 64 * block);
                only[only.length - 1] = 7;
                if (policy.mayContain(Slice.wrap(only), key)) {
                    assertEquals(-1, enough, "a second block that is enough for " + key + " besides " + block);
                    enough = block;
                }
            }
            assertTrue(enough >= 0, "no single block of 64 bytes has all bits of " + key);
            chosen.add(enough);
        }
        assertEquals(20, chosen.size(), "blocks in which 200 keys lie, of 20");
    }

    @Test
    @DisplayName("what is not blocks and a byte, or has a k of more than 30, may have everything")
    void degenerate() {
        BlockedBloomFilter policy = new BlockedBloomFilter(10);
        Slice key = Slice.utf8("a key");
        for (int length : new int[] {0, 1, 2, 63, 64, 66, 128, 130}) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 7); // the last one is k, and few bits are set
            Step.at("mayContain of " + length + " bytes, which are not blocks of 64 and a byte: true is expected");
            assertTrue(policy.mayContain(Slice.wrap(bytes), key), length + " bytes are no filter, and it says no");
        }
        for (int k : new int[] {0, 31, 127, 128, 255}) {
            byte[] filter = new byte[65];
            filter[64] = (byte) k;
            Step.at("mayContain of a block of zeros with k = " + k + ": true is expected");
            assertTrue(policy.mayContain(Slice.wrap(filter), key), "no bit is set, k is " + k + ", and it says no");
        }
        for (int k : new int[] {1, 30}) {
            byte[] filter = new byte[129];
            filter[128] = (byte) k;
            Step.at("mayContain of two blocks of zeros with k = " + k + ": false is expected");
            assertFalse(policy.mayContain(Slice.wrap(filter), key), "no bit is set, k is " + k + ": it says perhaps");
        }
        assertFalse(policy.mayContain(policy.create(List.of()), key), "a filter of no keys says perhaps");
    }

    @Test
    @DisplayName("a filter of blocks is asked with the k that it says, not with that of the policy that asks")
    void itsOwnProbes() {
        Step.at("filters of 300 keys with 20 and 3 bits each, asked by policies of 50, 20 and 2 bits a key");
        Slice filter = new BlockedBloomFilter(20).create(FilterRates.keys("key", 300));
        Slice smaller = new BlockedBloomFilter(3).create(FilterRates.keys("key", 300));
        for (Slice key : FilterRates.keys("key", 300)) {
            assertTrue(new BlockedBloomFilter(50).mayContain(smaller, key), key + " is in it, and the answer is no");
        }
        for (Slice other : FilterRates.keys("other", 300)) {
            assertEquals(
                    new BlockedBloomFilter(20).mayContain(filter, other),
                    new BlockedBloomFilter(2).mayContain(filter, other),
                    "what a policy of two bits a key says of " + other + " and a filter of 20");
        }
    }

    @Test
    @DisplayName("filters of blocks with less than one bit a key, or of 2^31 bits, are refused with the number")
    void refused() {
        FilterChecks.assertRefused(BlockedBloomFilter::new, 0, -7);
        FilterChecks.assertTooLong(BlockedBloomFilter::new, Integer.MAX_VALUE - 510);
    }

    private static Slice expected(int bitsPerKey, List<Slice> keys) {
        int probes = (int) Math.min(30, Math.max(1, Math.round(bitsPerKey * Math.log(2))));
        int blocks = Math.max(1, (keys.size() * bitsPerKey + 511) / 512);
        BigInteger[] bits = new BigInteger[blocks];
        Arrays.fill(bits, BigInteger.ZERO);
        for (Slice key : keys) {
            long hash = FilterKeys.wide(key.toByteArray());
            int block = (int) ((hash >>> 32) * blocks / (1L << 32));
            int mixed = (int) hash;
            for (int i = 0; i < probes; i++) {
                mixed *= 0x9e3779b1;
                bits[block] = bits[block].setBit((int) (Integer.toUnsignedLong(mixed) / (1 << 23)));
            }
        }
        byte[] filter = new byte[64 * blocks + 1];
        for (int i = 0; i < 512 * blocks; i++) {
            if (bits[i / 512].testBit(i % 512)) {
                filter[i / 8] |= (byte) (1 << i % 8);
            }
        }
        filter[64 * blocks] = (byte) probes;
        return Slice.wrap(filter);
    }
}
