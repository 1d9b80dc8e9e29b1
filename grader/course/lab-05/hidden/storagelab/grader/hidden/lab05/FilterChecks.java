package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.lsm.FilterRates;

/** What is wanted of filters of any format. They are made by the number of bits a key. */
final class FilterChecks {
    private FilterChecks() {}

    /** The bytes that a format has. */
    interface Format {
        Slice filter(int bitsPerKey, List<Slice> keys);
    }

    /** Fails unless any number of keys with any number of bits gives the bytes of the format. */
    static void assertBytes(Format format, IntFunction<FilterPolicy> policies) {
        Seeds.check(100, random -> {
            int bitsPerKey = 1 + random.nextInt(random.nextBoolean() ? 12 : 60);
            List<Slice> keys = FilterKeys.random(random, random.nextInt(1 + random.nextInt(400)));
            Step.at("create with " + keys.size() + " keys and " + bitsPerKey + " bits each");
            assertEquals(
                    Blocks.hex(format.filter(bitsPerKey, keys)),
                    Blocks.hex(policies.apply(bitsPerKey).create(keys)),
                    "the filter of " + keys.size() + " keys with " + bitsPerKey + " bits each");
        });
    }

    /** Fails unless a filter of so many keys has so many bytes, for each of {@code lengths}: keys, bytes. */
    static void assertLengths(int[][] lengths, FilterPolicy policy, String bits) {
        for (int[] length : lengths) {
            Step.at("create with " + length[0] + " keys and " + bits + " bits each");
            assertEquals(
                    length[1],
                    policy.create(FilterRates.keys("k", length[0])).length(),
                    "bytes of a filter of " + length[0] + " keys with " + bits + " bits each");
        }
    }

    /** Fails if a filter says no of a key that it has. */
    static void assertNoFalseNegative(IntFunction<FilterPolicy> policies) {
        Seeds.check(60, random -> {
            int bitsPerKey = 1 + random.nextInt(50);
            List<Slice> keys = FilterKeys.random(random, 1 + random.nextInt(2000));
            FilterPolicy policy = policies.apply(bitsPerKey);
            String input = " with " + keys.size() + " keys and " + bitsPerKey + " bits each";
            Step.at("create" + input);
            Slice filter = policy.create(keys);
            Step.at("mayContain of the keys of a filter" + input + ": each is there, and the answer should be true");
            for (Slice key : keys) {
                assertTrue(
                        policy.mayContain(filter, key),
                        key + " is one of the " + keys.size() + " keys of the filter, which says no (" + bitsPerKey
                                + " bits a key)");
            }
        });
    }

    /** Fails unless the false answers of a policy with so many bits a key are within a fifth of {@code expected}. */
    static void assertRate(double expected, FilterPolicy policy, int bitsPerKey) {
        Step.at("mayContain of 200,000 keys and more that are not among the 10,000 of a filter of " + bitsPerKey
                + " bits a key");
        double measured = FilterRates.measured(policy, 10_000, bitsPerKey < 13 ? 200_000 : 600_000);
        assertTrue(
                Math.abs(measured / expected - 1) <= 0.2,
                "of keys that are not in a filter with " + bitsPerKey + " bits a key, " + measured
                        + " are taken for its own; " + expected + " were to be expected");
    }

    /** Fails unless each of these numbers of bits a key is refused, and said. */
    static void assertRefused(IntFunction<FilterPolicy> policies, int... refusedBits) {
        for (int bits : refusedBits) {
            Step.at("a policy with " + bits + " bits a key: an IllegalArgumentException is expected");
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> policies.apply(bits), bits + " bits a key");
            assertTrue(
                    String.valueOf(refused.getMessage()).contains(Integer.toString(bits)),
                    "the message does not say " + bits + ": " + refused.getMessage());
        }
    }

    /**
     * Fails unless filters of 2<sup>31</sup> bits and more are refused.
     *
     * @param fewest the smallest number of keys that has so long a filter with one bit each
     */
    static void assertTooLong(IntFunction<FilterPolicy> policies, int fewest) {
        List<Slice> many = Collections.nCopies((1 << 30) - 1, Slice.EMPTY);
        for (int bits : new int[] {3, 100}) {
            Step.at("create of a filter of " + bits + " * (2^30 - 1) bits: an IllegalArgumentException is expected");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> policies.apply(bits).create(many),
                    bits + " * (2^30 - 1) bits");
        }
        List<Slice> keys = Collections.nCopies(fewest, Slice.EMPTY);
        Step.at("create of a filter of nearly 2^31 bits: an IllegalArgumentException is expected");
        assertThrows(
                IllegalArgumentException.class,
                () -> policies.apply(1).create(keys),
                "2^31 - " + ((1L << 31) - fewest) + " bits");
    }
}
