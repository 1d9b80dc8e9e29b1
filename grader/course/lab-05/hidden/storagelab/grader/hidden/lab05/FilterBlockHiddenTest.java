package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.io.BaseEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.sstable.FilterBlock;
import storagelab.sstable.FilterBlockBuilder;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.KeyCounts;

/** Exercise 5.5: the block with the filters of a table. */
@Tag("5.5")
class FilterBlockHiddenTest {
    private static final FilterPolicy KEYS = new KeysPolicy("keys");
    private static final FilterPolicy COUNT = new KeyCounts();

    /** Whatever the filter is, the answer is perhaps. */
    private static final FilterPolicy ALWAYS = new FilterPolicy() {
        @Override
        public String name() {
            return "always";
        }

        @Override
        public Slice create(List<Slice> keys) {
            return Slice.EMPTY;
        }

        @Override
        public boolean mayContain(Slice filter, Slice key) {
            return true;
        }
    };

    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    private static Slice bytes(String hex) {
        return Slice.wrap(BaseEncoding.base16().lowerCase().decode(hex.replace(" ", "")));
    }

    @Test
    @DisplayName("no block and no key are five bytes; a block without keys behind the last one has no filter")
    void empty() {
        assertEquals(
                "00000000" + "0b",
                Blocks.hex(new FilterBlockBuilder(COUNT, FilterBlockBuilder.LEVELDB_BASE_BITS).finish()),
                "filters of nothing");
        FilterBlockBuilder started = new FilterBlockBuilder(COUNT, FilterBlockBuilder.LEVELDB_BASE_BITS);
        started.startBlock(0);
        assertEquals("00000000" + "0b", Blocks.hex(started.finish()), "filters of a block without keys");
        FilterBlockBuilder behind = new FilterBlockBuilder(COUNT, FilterBlockBuilder.LEVELDB_BASE_BITS);
        behind.startBlock(0);
        behind.add(text("a"));
        behind.startBlock(2048);
        assertEquals(
                "01" + "00000000" + "01000000" + "0b", Blocks.hex(behind.finish()), "filters of a block, and an end");
        FilterBlockBuilder far = new FilterBlockBuilder(COUNT, FilterBlockBuilder.LEVELDB_BASE_BITS);
        far.startBlock(0);
        far.add(text("a"));
        far.startBlock(4096);
        assertEquals(
                "01" + "00000000" + "01000000" + "01000000" + "0b",
                Blocks.hex(far.finish()),
                "filters of a block of 4,096 bytes, and an end");
    }

    @Test
    @DisplayName("blocks that begin in the same 2,048 bytes share a filter: 2,047 is one of them, 2,048 is not")
    void border() {
        for (int offset : new int[] {0, 1, 2047, 2048, 4095, 4096}) {
            FilterBlockBuilder builder = new FilterBlockBuilder(COUNT, FilterBlockBuilder.LEVELDB_BASE_BITS);
            builder.startBlock(0);
            builder.add(text("a"));
            builder.startBlock(offset);
            builder.add(text("b"));
            builder.startBlock(offset);
            builder.add(text("c"));
            String expected = switch (offset / 2048) {
                case 0 -> "03" + "00000000" + "01000000" + "0b";
                case 1 -> "0102" + "00000000" + "01000000" + "02000000" + "0b";
                default -> "0102" + "00000000" + "01000000" + "01000000" + "02000000" + "0b";
            };
            assertEquals(expected, Blocks.hex(builder.finish()), "filters of blocks at 0 and, two, at " + offset);
        }
    }

    @Test
    @DisplayName("a filter gets the keys of its blocks in their order, as often as they were added, and no others")
    void keysOfAFilter() {
        List<List<Slice>> asked = new ArrayList<>();
        FilterPolicy remembers = new FilterPolicy() {
            @Override
            public String name() {
                return "remembers";
            }

            @Override
            public Slice create(List<Slice> keys) {
                asked.add(List.copyOf(keys));
                return text("filter");
            }

            @Override
            public boolean mayContain(Slice filter, Slice key) {
                return true;
            }
        };
        FilterBlockBuilder builder = new FilterBlockBuilder(remembers, FilterBlockBuilder.LEVELDB_BASE_BITS);
        builder.startBlock(0);
        builder.add(text("a"));
        builder.add(text("a"));
        builder.startBlock(1000);
        builder.add(text("b"));
        builder.startBlock(9000);
        builder.add(Slice.EMPTY);
        builder.finish();
        assertEquals(
                List.of(List.of(text("a"), text("a"), text("b")), List.of(Slice.EMPTY)),
                asked,
                "the keys of the filters that were asked for");
    }

    @Test
    @DisplayName("what was added is found by the offset of its block, and by that of no other")
    void model() {
        Seeds.check(100, random -> {
            FilterBlockBuilder builder = new FilterBlockBuilder(KEYS, FilterBlockBuilder.LEVELDB_BASE_BITS);
            List<Long> offsets = new ArrayList<>();
            List<TreeSet<Slice>> keys = new ArrayList<>();
            long offset = 0;
            for (int block = random.nextInt(20); block >= 0; block--) {
                builder.startBlock(offset);
                TreeSet<Slice> its = new TreeSet<>();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    its.add(text("k" + random.nextInt(40)));
                }
                its.forEach(builder::add);
                offsets.add(offset);
                keys.add(its);
                offset += 1 + random.nextInt(random.nextBoolean() ? 600 : 9000);
            }
            builder.startBlock(offset);
            FilterBlock filters = new FilterBlock(KEYS, builder.finish());
            for (int i = 0; i < offsets.size(); i++) {
                for (int k = 0; k < 40; k++) {
                    boolean expected = false;
                    for (int other = 0; other < offsets.size(); other++) {
                        boolean same = offsets.get(i) / 2048 == offsets.get(other) / 2048;
                        expected |= same && keys.get(other).contains(text("k" + k));
                    }
                    assertEquals(
                            expected,
                            filters.mayContain(offsets.get(i), text("k" + k)),
                            "mayContain(" + offsets.get(i) + ", k" + k + ") with blocks at " + offsets);
                }
            }
        });
    }

    @Test
    @DisplayName("the last byte says how many bytes share a filter, and need not be 11")
    void otherBase() {
        Slice filters = bytes("0100 00000000 01000000 02000000 04");
        FilterBlock block = new FilterBlock(COUNT, filters);
        assertTrue(block.mayContain(0, text("a")), "filter 0, for the bytes 0 to 15, has keys");
        assertTrue(block.mayContain(15, text("a")), "filter 0, for the bytes 0 to 15, has keys");
        assertFalse(block.mayContain(16, text("a")), "filter 1, for the bytes 16 to 31, has none");
        assertFalse(block.mayContain(31, text("a")), "filter 1, for the bytes 16 to 31, has none");
        assertTrue(block.mayContain(32, text("a")), "there is no filter 2, and that means perhaps");
        FilterBlock wide = new FilterBlock(COUNT, bytes("01 00000000 01000000 1f"));
        assertTrue(wide.mayContain(Integer.MAX_VALUE, text("a")), "filter 0, for the first 2,147,483,648 bytes");
        FilterBlock narrow = new FilterBlock(COUNT, bytes("0100 00000000 01000000 02000000 00"));
        assertTrue(narrow.mayContain(0, text("a")), "filter 0, for byte 0");
        assertFalse(narrow.mayContain(1, text("a")), "filter 1, for byte 1");
    }

    @Test
    @DisplayName("one filter is for a whole table if the table ends before the bytes of the second begin")
    void one() {
        FilterBlock wide = new FilterBlock(COUNT, bytes("01 00000000 01000000 1f"));
        assertTrue(wide.isOne(Integer.MAX_VALUE), "isOne for 2,147,483,647 bytes of 2,147,483,648");
        assertFalse(wide.isOne(1L << 31), "isOne for 2,147,483,648 bytes of as many");
        assertFalse(wide.isOne(1L << 32), "isOne for twice as many");
        FilterBlock narrow = new FilterBlock(COUNT, bytes("0100 00000000 01000000 02000000 04"));
        assertTrue(narrow.isOne(15), "isOne for 15 bytes of 16");
        assertFalse(narrow.isOne(16), "isOne for 16 bytes of 16");
        assertFalse(new FilterBlock(COUNT, bytes("00000000 1f")).isOne(10), "isOne without any filter");
        assertFalse(new FilterBlock(COUNT, bytes("0b")).isOne(10), "isOne of what makes no sense");
    }

    @Test
    @DisplayName("a filter without bytes has no keys; what cannot be understood is perhaps, and never an exception")
    void nonsense() {
        FilterBlock gap = new FilterBlock(COUNT, bytes("02 00000000 01000000 01000000 01000000 0b"));
        assertTrue(gap.mayContain(0, text("a")), "filter 0 has two keys");
        assertFalse(gap.mayContain(2048, text("a")), "filter 1 has no bytes");
        assertFalse(gap.mayContain(4096, text("a")), "filter 2, the last, has no bytes");
        for (int number = 3; number < 40; number++) {
            assertTrue(gap.mayContain(2048L * number, text("a")), "there is no filter " + number + ": perhaps");
        }
        for (long number : new long[] {1L << 31, (1L << 32) + 1, (1L << 33) + 2, Long.MAX_VALUE >>> 11}) {
            assertTrue(
                    gap.mayContain(2048 * number, text("a")),
                    "the data block at " + 2048 * number + " has filter " + number
                            + ", which does not fit an int; there are three filters: perhaps");
        }
        FilterBlock narrowest = new FilterBlock(COUNT, bytes("01 00000000 01000000 01000000 00"));
        assertTrue(
                narrowest.mayContain((1L << 32) + 1, text("a")),
                "a filter for each byte: of byte 2^32 + 1 there is none, and filter 1, which has no keys, is not its");
        FilterBlock only = new FilterBlock(COUNT, bytes("00000000 00000000 0b"));
        assertFalse(only.mayContain(0, text("a")), "filter 0, the only one, has no bytes");
        FilterBlock unknown = new FilterBlock(COUNT, bytes("00 00000000 01000000 20"));
        assertTrue(unknown.mayContain(0, text("a")), "filters of 2^32 bytes each are none that we know");
        FilterBlock large = new FilterBlock(COUNT, bytes("00".repeat(60) + "00000000 3c000000 0b"));
        for (int number = 1; number < 40; number++) {
            assertTrue(large.mayContain(2048L * number, text("a")), "there is no filter " + number + ": perhaps");
        }
        FilterBlock always = new FilterBlock(ALWAYS, bytes("02 00000000 01000000 01000000 0b"));
        assertTrue(always.mayContain(0, text("a")), "a policy that always says perhaps");
        assertFalse(always.mayContain(2048, text("a")), "no bytes, whatever the policy says of no bytes");
        for (String hex : new String[] {
            "",
            "00",
            "0000000b",
            "00000000 0b",
            "01000000 0b",
            "ffffffff 0b",
            "ffffff7f 0b",
            "00000080 0b",
            "02 00000000 02000000 0b",
            "02 05000000 01000000 0b",
            "02 02000000 01000000 0b",
            "02 ffffffff 01000000 0b",
            "02 00000000 01000000 20",
            "02 00000000 01000000 ff",
            "02 00000000 09000000 01000000 0b",
            "02 00000000 01000000 80",
            "02 00000080 01000000 0b"
        }) {
            FilterBlock block = new FilterBlock(KEYS, bytes(hex));
            assertTrue(
                    block.mayContain(0, text("a")), "mayContain(0, a) of a filter block that makes no sense: " + hex);
            assertTrue(block.mayContain(Long.MAX_VALUE, text("a")), "mayContain of a block at 2^63 - 1: " + hex);
            assertTrue(block.mayContain(-1, text("a")), "mayContain of a block at -1: " + hex);
        }
        Seeds.check(2000, random -> {
            byte[] noise = new byte[random.nextInt(30)];
            random.nextBytes(noise);
            if (noise.length > 5 && random.nextBoolean()) {
                System.arraycopy(
                        new byte[] {(byte) random.nextInt(noise.length), 0, 0, 0, 11}, 0, noise, noise.length - 5, 5);
            }
            FilterBlock block = new FilterBlock(KEYS, Slice.wrap(noise));
            for (long offset : new long[] {0, 2048, 4096, 1 << 20, Long.MAX_VALUE}) {
                block.mayContain(offset, text("a")); // any answer will do, an exception will not
            }
        });
    }

    /** A policy that makes a filter of a byte for each key, and remembers how often it was asked for one. */
    private static final class Counted implements FilterPolicy {
        private final List<List<Slice>> made = new ArrayList<>();
        private Slice asked = Slice.EMPTY;

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public Slice create(List<Slice> keys) {
            made.add(List.copyOf(keys));
            return Slice.wrap(new byte[keys.size()]);
        }

        @Override
        public boolean mayContain(Slice filter, Slice key) {
            asked = filter;
            return true;
        }
    }

    @Test
    @DisplayName("a filter is made as soon as no further block begins in its bytes, of keys that were copied")
    void madeAtOnce() {
        Counted policy = new Counted();
        FilterBlockBuilder builder = new FilterBlockBuilder(policy, FilterBlockBuilder.LEVELDB_BASE_BITS);
        byte[] key = {'a'};
        builder.startBlock(0);
        builder.add(Slice.wrap(key));
        key[0] = 'b';
        builder.add(Slice.wrap(key));
        builder.startBlock(2047);
        assertEquals(List.of(), policy.made, "filters that were made when another block began in the same 2,048 bytes");
        builder.startBlock(2048);
        List<List<Slice>> expected = List.of(List.of(text("a"), text("b")));
        assertEquals(expected, policy.made, "filters that were made when a block began farther on");
        key[0] = 'c';
        builder.add(Slice.wrap(key));
        key[0] = 'x';
        builder.finish();
        assertEquals(
                List.of(text("c")),
                policy.made.get(policy.made.size() - 1),
                "the keys of the last filter, when their array was used again");
    }

    @Test
    @DisplayName("blocks after 2 and 4 GiB have their filters where other blocks have them")
    void farOffsets() {
        FilterBlockBuilder builder = new FilterBlockBuilder(new Counted(), 31);
        builder.startBlock(0);
        builder.add(text("a"));
        builder.startBlock((1L << 32) + 5);
        builder.add(text("b"));
        assertEquals(
                "0000" + "00000000" + "01000000" + "01000000" + "02000000" + "1f",
                Blocks.hex(builder.finish()),
                "filters of 2^31 bytes each, of blocks at 0 and 2^32 + 5: the second has number 2");
    }

    @Test
    @DisplayName("a policy is asked with a part of the block, which is not copied")
    void notCopied() {
        byte[] bytes = bytes("0707 00000000 02000000 0b").toByteArray();
        Counted policy = new Counted();
        FilterBlock block = new FilterBlock(policy, Slice.wrap(bytes));
        assertTrue(block.mayContain(0, text("a")), "the policy says perhaps");
        assertEquals("0707", Blocks.hex(policy.asked), "the filter that the policy was asked with");
        bytes[0] = 9;
        assertEquals(
                "0907", Blocks.hex(policy.asked), "the same, when the first byte of the block became 9: is it a copy");
    }
}
