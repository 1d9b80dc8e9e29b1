package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.bloom.BloomFilter;
import storagelab.testkit.Crew;
import storagelab.testkit.Step;
import storagelab.testkit.lsm.FilterRates;

/** Exercise 5.1: LevelDB's filter. */
@Tag("5.1")
class BloomFilterHiddenTest {
    /** Ten bits a key of the places AU/08, as C++ LevelDB 1.23 wrote them into a table. */
    private static final String WRITTEN_BY_LEVELDB =
            "700da9fb5777298625068d5073026815a9ac550161e0d1e43f61610ad102cdc5f92575c12bc606";

    private static final List<Integer> ITS_KEYS = List.of(
            8261095, 8288536, 8288537, 8288551, 8299269, 8299578, 8310707, 8310729, 8310732, 8310733, 8310764, 8310788,
            8335007, 8335008, 8347702, 8347704, 8347709, 8347731, 8347733, 8347735, 8347737, 8347739, 8347750, 8347838,
            8347857, 8347880, 8347888, 8347891, 8347945, 8348011);

    @Test
    @DisplayName("a filter is byte for byte that of C++ LevelDB")
    void golden() {
        List<Slice> keys =
                ITS_KEYS.stream().map(number -> Slice.utf8("AU/08/" + number)).toList();
        Step.at("create with ten bits a key of AU/08/8261095 and 29 others, a list that cannot be changed");
        assertEquals(WRITTEN_BY_LEVELDB, Blocks.hex(new BloomFilter(10).create(keys)), "the filter of thirty keys");
        assertEquals(
                "114000414410401006",
                Blocks.hex(new BloomFilter(10).create(List.of(Slice.utf8("hello"), Slice.utf8("world")))),
                "the filter of hello and world");
    }

    @Test
    @DisplayName("any number of keys with any number of bits gives the bytes of the format")
    void bytes() {
        FilterChecks.assertBytes(BloomFilterHiddenTest::expected, BloomFilter::new);
    }

    @Test
    @DisplayName("k is 0.69 for each bit of a key, cut off, from 1 to 30, and a filter has 64 bits at least")
    void sizes() {
        int[] probes = {1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8};
        for (int bits = 1; bits <= probes.length; bits++) {
            assertProbes(probes[bits - 1], bits);
        }
        assertProbes(29, 43);
        for (int bits : new int[] {44, 1000, 31_122_767, 40_000_000, Integer.MAX_VALUE}) {
            assertProbes(30, bits);
        }
        int[][] lengths = {{0, 9}, {1, 9}, {6, 9}, {7, 10}, {8, 11}, {11, 15}, {100, 126}, {1001, 1253}};
        FilterChecks.assertLengths(lengths, new BloomFilter(10), "ten");
    }

    @Test
    @DisplayName("there is no false no: whatever keys a filter has, it says so of each of them")
    void noFalseNegative() {
        FilterChecks.assertNoFalseNegative(BloomFilter::new);
    }

    @Test
    @DisplayName("false answers are within a fifth of 0.6185 to the power of the bits, from 2 to 16 bits")
    void rates() {
        for (int bitsPerKey : new int[] {2, 3, 4, 5, 6, 8, 10, 12, 14, 16}) {
            FilterChecks.assertRate(FilterRates.anywhere(bitsPerKey), new BloomFilter(bitsPerKey), bitsPerKey);
        }
    }

    @Test
    @DisplayName("a filter is asked with the k that it says, not with that of the policy that asks")
    void itsOwnProbes() {
        List<Slice> keys = FilterRates.keys("key", 300);
        for (int made : new int[] {2, 6, 10, 20, 50}) {
            Step.at("a filter of 300 keys with " + made + " bits each, asked by policies of 1, 10 and 50 bits");
            Slice filter = new BloomFilter(made).create(keys);
            for (int asking : new int[] {1, 10, 50}) {
                BloomFilter policy = new BloomFilter(asking);
                for (Slice key : keys) {
                    assertTrue(
                            policy.mayContain(filter, key),
                            key + " is in a filter of " + made + " bits a key, and a policy of " + asking + " says no");
                }
                for (Slice other : FilterRates.keys("other", 300)) {
                    assertEquals(
                            new BloomFilter(made).mayContain(filter, other),
                            policy.mayContain(filter, other),
                            "what a policy of " + asking + " bits a key says of " + other + " and a filter of " + made);
                }
            }
        }
    }

    @Test
    @DisplayName("a filter with one bit less than a key has does not have the key, whichever bit it is")
    void everyBitCounts() {
        Slice key = Slice.utf8("hello");
        BloomFilter policy = new BloomFilter(10);
        for (int bit : new int[] {0, 14, 24, 34, 44, 54}) {
            byte[] filter = new byte[9];
            Arrays.fill(filter, 0, 8, (byte) -1);
            filter[8] = 6;
            Step.at("mayContain(hello) of a filter of 64 bits in which all are set, and then all but bit " + bit);
            assertTrue(policy.mayContain(Slice.wrap(filter), key), "a filter in which every bit is set says no");
            filter[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(
                    policy.mayContain(Slice.wrap(filter), key),
                    "a filter in which only bit " + bit + " is not set, and that is one of hello's, says perhaps");
        }
    }

    @Test
    @DisplayName("k of more than 30 may have everything, k of 0 asks for nothing, a filter without bits has nothing")
    void degenerate() {
        BloomFilter policy = new BloomFilter(10);
        Slice key = Slice.utf8("a key");
        for (int k : new int[] {0, 31, 64, 127, 128, 200, 255}) {
            byte[] filter = new byte[20];
            filter[19] = (byte) k;
            Step.at("mayContain of a filter of 19 bytes 0 whose last byte says k = " + k + ": true is expected");
            assertTrue(policy.mayContain(Slice.wrap(filter), key), "no bit is set, k is " + k + ", and it says no");
        }
        for (int k : new int[] {1, 29, 30}) {
            byte[] filter = new byte[20];
            filter[19] = (byte) k;
            Step.at("mayContain of a filter of 19 bytes 0 whose last byte says k = " + k + ": false is expected");
            assertFalse(policy.mayContain(Slice.wrap(filter), key), "no bit is set, k is " + k + ": it says perhaps");
        }
        Step.at("mayContain of a filter of no bytes: false is expected, there are no keys in it");
        assertFalse(policy.mayContain(Slice.EMPTY, key), "no byte at all, and it says perhaps");
        Step.at("mayContain of a filter of one byte, which is k = 6: false is expected, it has no bits");
        assertFalse(policy.mayContain(Slice.copyOf((byte) 6), key), "k and no bits, and it says perhaps");
        Step.at("mayContain of a filter that was created of no keys: false is expected");
        assertFalse(policy.mayContain(policy.create(List.of()), key), "a filter of no keys says perhaps");
        Step.at("mayContain of a filter of eight bits, all of them set: true is expected");
        Slice shortest = Slice.copyOf((byte) -1, (byte) 6);
        assertTrue(policy.mayContain(shortest, key), "eight bits, all of them set, and it says no");
    }

    @Test
    @DisplayName("keys and filters may lie anywhere in an array")
    void views() {
        BloomFilter policy = new BloomFilter(10);
        byte[] around = "xxhelloxx".getBytes(StandardCharsets.UTF_8);
        Step.at("create of hello, and mayContain of hello and world, where key and filter lie in the middle of arrays");
        Slice filter = policy.create(List.of(Slice.wrap(around, 2, 5)));
        assertEquals("014000010410400006", Blocks.hex(filter), "the filter of hello, in the middle of other bytes");
        byte[] file = new byte[30];
        Arrays.fill(file, (byte) 0x55);
        filter.copyTo(file, 11);
        assertTrue(policy.mayContain(Slice.wrap(file, 11, 9), Slice.utf8("hello")), "a filter in the middle of a file");
        assertFalse(
                policy.mayContain(Slice.wrap(file, 11, 9), Slice.utf8("world")), "a filter in the middle of a file");
    }

    @Test
    @DisplayName("less than one bit a key, and filters of 2^31 bits, are refused with the number")
    void refused() {
        FilterChecks.assertRefused(BloomFilter::new, 0, -1, Integer.MIN_VALUE);
        FilterChecks.assertTooLong(BloomFilter::new, Integer.MAX_VALUE - 6);
    }

    private static void assertProbes(int expected, int bits) {
        Step.at("create of no keys, with " + bits + " bits a key: the last byte is k, which should be " + expected);
        assertEquals(expected, last(new BloomFilter(bits).create(List.of())), "k for " + bits + " bits");
    }

    @Test
    @DisplayName("threads that ask one policy for different keys get the answers for their own")
    void threads() throws InterruptedException {
        BloomFilter policy = new BloomFilter(10);
        CyclicBarrier together = new CyclicBarrier(2);
        try (Crew crew = new Crew()) {
            for (String own : List.of("apple", "orange")) {
                Slice key = Slice.utf8(own);
                Step.at("filters of apple and of orange, asked by two threads with one policy");
                Slice filter = policy.create(List.of(key));
                crew.start(own, () -> {
                    int unused = together.await();
                    for (int i = 0; i < 2_000_000; i++) {
                        assertTrue(
                                policy.mayContain(filter, key),
                                own + " is in the filter that was created of it, which says no while another thread"
                                        + " asks the same policy for another key");
                    }
                });
            }
            crew.join();
        }
    }

    private static Slice expected(int bitsPerKey, List<Slice> keys) {
        int probes = Math.min(30, Math.max(1, (int) (bitsPerKey * 0.69)));
        int bytes = Math.max(8, (keys.size() * bitsPerKey + 7) / 8);
        byte[] filter = new byte[bytes + 1];
        for (Slice key : keys) {
            long hash = Integer.toUnsignedLong(FilterKeys.hash(key.toByteArray(), 0xbc9f1d34));
            long delta = ((hash >>> 17) | (hash << 15)) & 0xffffffffL;
            IntStream.range(0, probes)
                    .mapToObj(i -> ((hash + i * delta) & 0xffffffffL) % (bytes * 8L))
                    .forEach(bit -> filter[(int) (bit / 8)] |= (byte) (1 << bit % 8));
        }
        filter[bytes] = (byte) probes;
        return Slice.wrap(filter);
    }

    private static int last(Slice filter) {
        return filter.byteAt(filter.length() - 1);
    }
}
