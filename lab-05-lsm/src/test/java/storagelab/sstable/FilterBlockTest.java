package storagelab.sstable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.bloom.BloomFilter;
import storagelab.bloom.FilterPolicy;
import storagelab.testkit.lsm.KeyCounts;

@Tag("5.5")
class FilterBlockTest {
    /** The policy of the worked example. */
    private static final FilterPolicy COUNT = new KeyCounts();

    @Test
    @DisplayName("the worked example, byte by byte, and what is read from it")
    void workedExample() {
        FilterBlockBuilder builder = new FilterBlockBuilder(COUNT, FilterBlockBuilder.LEVELDB_BASE_BITS);
        builder.startBlock(0);
        builder.add(Slice.utf8("a"));
        builder.add(Slice.utf8("b"));
        builder.startBlock(5000);
        builder.add(Slice.utf8("c"));
        Slice block = builder.finish();
        assertEquals(
                "02" + "01" + "00000000" + "01000000" + "01000000" + "02000000" + "0b",
                BaseEncoding.base16().lowerCase().encode(block.toByteArray()));
        FilterBlock filters = new FilterBlock(COUNT, block);
        assertTrue(filters.mayContain(0, Slice.utf8("a")), "a in the block at 0");
        assertFalse(filters.mayContain(2048, Slice.utf8("a")), "a in a block at 2,048: no block begins there");
        assertTrue(filters.mayContain(5000, Slice.utf8("c")), "c in the block at 5,000");
        assertTrue(filters.mayContain(6144, Slice.utf8("c")), "c in a block at 6,144, which no filter knows of");
        assertEquals(
                "000000000b",
                BaseEncoding.base16()
                        .lowerCase()
                        .encode(new FilterBlockBuilder(COUNT, FilterBlockBuilder.LEVELDB_BASE_BITS)
                                .finish()
                                .toByteArray()),
                "filters of nothing");
    }

    @Test
    @DisplayName("with bloom filters every key is found by the offset of its block, and hardly any by that of another")
    void bloom() {
        FilterBlockBuilder builder = new FilterBlockBuilder(new BloomFilter(10), FilterBlockBuilder.LEVELDB_BASE_BITS);
        for (int block = 0; block < 50; block++) {
            builder.startBlock(4096L * block);
            for (int key = 0; key < 40; key++) {
                builder.add(Slice.utf8(block + "/" + key));
            }
        }
        FilterBlock filters = new FilterBlock(new BloomFilter(10), builder.finish());
        int others = 0;
        for (int block = 0; block < 50; block++) {
            for (int key = 0; key < 40; key++) {
                Slice user = Slice.utf8(block + "/" + key);
                assertTrue(filters.mayContain(4096L * block, user), user + " in its block");
                others += filters.mayContain(4096L * (49 - block), user) ? 1 : 0;
            }
        }
        assertTrue(others < 100, others + " of 2,000 keys are found in a block where they are not");
    }

    @Test
    @DisplayName("with 31 bits there is one filter, for all blocks of a file that has less than 2 GiB")
    void oneFilter() {
        FilterBlockBuilder builder = new FilterBlockBuilder(COUNT, 31);
        builder.startBlock(0);
        builder.add(Slice.utf8("a"));
        builder.add(Slice.utf8("b"));
        builder.startBlock(5000);
        builder.add(Slice.utf8("c"));
        builder.startBlock(Integer.MAX_VALUE);
        Slice block = builder.finish();
        assertEquals(
                "03" + "00000000" + "01000000" + "1f",
                BaseEncoding.base16().lowerCase().encode(block.toByteArray()));
        FilterBlock filters = new FilterBlock(COUNT, block);
        assertTrue(filters.mayContain(5000, Slice.utf8("c")), "c in the block at 5,000");
        assertTrue(filters.isOne(Integer.MAX_VALUE), "one filter for 2,147,483,647 bytes");
        assertFalse(filters.isOne(Integer.MAX_VALUE + 1L), "one filter for 2,147,483,648 bytes");
        assertFalse(new FilterBlock(COUNT, Slice.EMPTY).isOne(1), "one filter where there is none");
    }

    @Test
    @DisplayName("what cannot be understood is perhaps")
    void nonsense() {
        for (String hex : new String[] {"", "0b", "ffffffff0b", "0000000020", "0205000000010000000b"}) {
            FilterBlock filters = new FilterBlock(
                    COUNT, Slice.wrap(BaseEncoding.base16().lowerCase().decode(hex)));
            assertTrue(filters.mayContain(0, Slice.utf8("a")), "mayContain(0, a) of the filter block " + hex);
        }
    }
}
