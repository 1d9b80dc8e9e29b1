package storagelab.bloom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Slice;

class BloomFilterTest {
    private static final int SEED = 0xbc9f1d34;

    @Test
    @DisplayName("the hash is LevelDB's, for keys of no, one, two, three and four bytes, all of them negative")
    void hash() {
        assertEquals(SEED, hash(""));
        assertEquals(0xef1345c4, hash("62"));
        assertEquals(0x5b663814, hash("c397"));
        assertEquals(0x323c078f, hash("e299a5"));
        assertEquals(0xed21633a, hash("e180b932"));
    }

    private static int hash(String hex) {
        return LevelDbHash.of(Slice.wrap(BaseEncoding.base16().lowerCase().decode(hex)), SEED);
    }

    @Test
    @DisplayName("a filter of one key has 64 bits and the number of probes")
    void smallest() {
        Slice filter = new BloomFilter(10).create(List.of(Slice.utf8("hello")));
        assertEquals(9, filter.length());
        assertEquals(6, filter.byteAt(8));
        assertTrue(
                new BloomFilter(3).mayContain(filter, Slice.utf8("hello")), "asked by a policy with other bits a key");
        assertFalse(new BloomFilter(10).mayContain(filter, Slice.utf8("x")));
        assertFalse(new BloomFilter(10).mayContain(new BloomFilter(10).create(List.of()), Slice.utf8("x")));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8, 10, 12})
    @DisplayName(
            "no key is missing, and the rate of false answers is within a fifth of 0.6185 to the power of the bits")
    void rate(int bitsPerKey) {
        BloomFilter policy = new BloomFilter(bitsPerKey);
        List<Slice> keys =
                IntStream.range(0, 20_000).mapToObj(i -> Slice.utf8("key" + i)).toList();
        Slice filter = policy.create(keys);
        for (Slice key : keys) {
            assertTrue(policy.mayContain(filter, key), key + " is in the filter");
        }
        int asked = 300_000;
        int wrong = 0;
        for (int i = 0; i < asked; i++) {
            wrong += policy.mayContain(filter, Slice.utf8("other" + i)) ? 1 : 0;
        }
        double expected = Math.pow(0.6185, bitsPerKey);
        double measured = (double) wrong / asked;
        assertEquals(
                1, measured / expected, 0.2, measured + " of the keys that are not there; " + expected + " expected");
    }

    @Test
    @DisplayName(
            "filters of a kind that is not known may contain everything, and bytes that are no filter end somewhere")
    void unknown() {
        BloomFilter policy = new BloomFilter(10);
        assertTrue(policy.mayContain(Slice.copyOf((byte) 0, (byte) 0, (byte) 31), Slice.utf8("x")));
        assertFalse(policy.mayContain(Slice.EMPTY, Slice.utf8("x")));
        assertThrows(IllegalArgumentException.class, () -> new BloomFilter(0));
    }
}
