package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.io.BaseEncoding;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.grader.hidden.kit.Growth;
import storagelab.sstable.BlockHandle;
import storagelab.sstable.InternalKey;
import storagelab.sstable.TableIndex;
import storagelab.testkit.Seeds;

/** Exercise 5.5: which data block may have a key. */
@Tag("5.5")
class TableIndexHiddenTest {
    private static TableIndex index(TreeMap<Slice, Slice> entries) {
        return new TableIndex(Blocks.block(entries, 1));
    }

    private static void assertFinds(int expected, TableIndex index, Slice key, String what) {
        int found = index.find(InternalKey.userKey(key), InternalKey.tag(key));
        assertEquals(expected, found, "find(" + InternalKey.toString(key) + "), " + what);
    }

    @Test
    @DisplayName(
            "a key belongs to the first block whose separator is not less: versions of a key may lie in two blocks")
    void example() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        entries.put(Blocks.put("cherry", 4), TableForge.handle(0, 100));
        entries.put(Blocks.put("g", InternalKey.MAX_SEQUENCE), TableForge.handle(105, 200));
        entries.put(Blocks.put("m", InternalKey.MAX_SEQUENCE), TableForge.handle((1L << 33) + 310, 1L << 33));
        TableIndex index = index(entries);
        assertEquals(3, index.count(), "count()");
        assertEquals(new BlockHandle(0, 100), index.handle(0), "handle(0)");
        assertEquals(new BlockHandle(105, 200), index.handle(1), "handle(1)");
        assertEquals(new BlockHandle((1L << 33) + 310, 1L << 33), index.handle(2), "handle(2)");
        assertFinds(0, index, Blocks.put("", 4), "the first key there can be");
        assertFinds(0, index, Blocks.put("cherry", 9), "a newer version than the separator");
        assertFinds(0, index, Blocks.put("cherry", 4), "the separator itself");
        assertFinds(1, index, Blocks.deletion("cherry", 4), "what comes right behind the separator");
        assertFinds(1, index, Blocks.put("cherry", 3), "an older version than the separator");
        assertFinds(1, index, Blocks.put("cherry\0", 9), "a key that begins with the separator's");
        assertFinds(2, index, Blocks.put("grape", 9), "a key between two blocks");
        assertFinds(2, index, Blocks.put("g", InternalKey.MAX_SEQUENCE - 1), "behind a separator");
        assertFinds(3, index, Blocks.put("zebra", 9), "a key after all blocks");
        assertFinds(3, index, Blocks.deletion("m", InternalKey.MAX_SEQUENCE), "what comes right behind the last");
    }

    @Test
    @DisplayName("of no block, and of one")
    void few() {
        TableIndex none = index(Blocks.none());
        assertEquals(0, none.count(), "count()");
        assertFinds(0, none, Blocks.put("a", 1), "in an index of no blocks");
        assertFinds(0, none, Blocks.put("", 1), "in an index of no blocks");
        for (String only : new String[] {"", "a", "key/00000000001"}) {
            TreeMap<Slice, Slice> entries = Blocks.none();
            entries.put(Blocks.put(only, 5), TableForge.handle(0, 10));
            TableIndex one = index(entries);
            assertEquals(1, one.count(), "count()");
            assertFinds(0, one, Blocks.put(only, 6), "in an index of one block");
            assertFinds(0, one, Blocks.put(only, 5), "in an index of one block");
            assertFinds(1, one, Blocks.put(only, 4), "in an index of one block");
            assertFinds(1, one, Blocks.put(only + "\0", 9), "in an index of one block");
            assertFinds(1, one, Blocks.put("z", 9), "in an index of one block");
        }
    }

    @Test
    @DisplayName("a search gives the first separator that is not less, whatever they have in common")
    void model() {
        Seeds.check(200, random -> {
            TreeMap<Slice, Slice> entries = Blocks.none();
            String front = "f".repeat(random.nextInt(3) * random.nextInt(12));
            int versions = 1 + random.nextInt(200);
            for (int i = random.nextInt(80); i >= 0; i--) {
                Slice key = Blocks.randomKey(random, versions);
                Slice user = Slice.utf8(front + InternalKey.userKey(key).toUtf8());
                entries.put(
                        InternalKey.of(user, InternalKey.sequence(key), InternalKey.kind(key)),
                        TableForge.handle(i, i));
            }
            TableIndex index = index(entries);
            List<Slice> separators = List.copyOf(entries.keySet());
            for (int i = 0; i < 300; i++) {
                Slice some = i < separators.size() ? separators.get(i) : Blocks.randomKey(random, versions);
                long sequence = Math.max(0, InternalKey.sequence(some) - random.nextInt(3));
                Slice key = InternalKey.of(InternalKey.userKey(some), sequence, ValueKind.of(random.nextInt(2)));
                assertFinds(entries.headMap(key).size(), index, key, "among " + separators.size() + " separators");
            }
        });
    }

    @Test
    @DisplayName(
            "thousands of separators that differ at their ends only, and a last one that has nothing in common with them")
    void alike() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        for (int i = 0; i < 3000; i++) {
            entries.put(Blocks.put("warehouse/shelf/%06d".formatted(10 * i), 7), TableForge.handle(i * 100, 95));
        }
        entries.put(Blocks.put("x", InternalKey.MAX_SEQUENCE), TableForge.handle(300_000, 95));
        TableIndex index = index(entries);
        for (int i = 0; i < 3000; i++) {
            assertFinds(i, index, Blocks.put("warehouse/shelf/%06d".formatted(10 * i), 7), "of 3,001 blocks");
            assertFinds(i + 1, index, Blocks.put("warehouse/shelf/%06d".formatted(10 * i), 6), "of 3,001 blocks");
            assertFinds(i + 1, index, Blocks.put("warehouse/shelf/%06d".formatted(10 * i + 3), 7), "of 3,001 blocks");
        }
        assertFinds(0, index, Blocks.put("warehouse", 7), "what the others begin with");
        assertFinds(0, index, Blocks.put("warehouse/shelf/", 7), "what the others begin with");
        assertFinds(3000, index, Blocks.put("warehouse/shelves", 7), "behind the others");
        assertFinds(3000, index, Blocks.put("x", InternalKey.MAX_SEQUENCE), "the last separator itself");
        assertFinds(3001, index, Blocks.put("x", 1), "behind the last separator");
        assertFinds(3001, index, Blocks.put("y", 1), "behind the last separator");
    }

    @Test
    @DisplayName(
            "separators that have the same eight bytes after what all have in common, also when all of these are 0xff")
    void sameEightBytes() {
        for (int same : new int[] {0x00, 0x61, 0x7f, 0x80, 0xff}) {
            TreeMap<Slice, Slice> entries = Blocks.none();
            entries.put(InternalKey.of(numbered(0x00, 0), 7, ValueKind.VALUE), TableForge.handle(0, 95));
            for (int i = 0; i < 300; i++) {
                entries.put(InternalKey.of(numbered(same, 2 * i), 7, ValueKind.VALUE), TableForge.handle(i * 100, 95));
            }
            entries.put(InternalKey.of(numbered(0xff, 1000), 7, ValueKind.VALUE), TableForge.handle(30_000, 95));
            TableIndex index = index(entries);
            for (int i = 0; i < 602; i++) {
                for (int sequence = 6; sequence <= 8; sequence++) {
                    Slice key = InternalKey.of(numbered(same, i), sequence, ValueKind.VALUE);
                    assertFinds(entries.headMap(key).size(), index, key, "among " + entries.size() + " separators");
                }
            }
        }
    }

    /** Eight equal bytes, and a number of two. */
    private static Slice numbered(int same, int number) {
        byte[] bytes = new byte[Long.BYTES + Short.BYTES];
        Arrays.fill(bytes, 0, Long.BYTES, (byte) same);
        bytes[Long.BYTES] = (byte) (number >> Byte.SIZE);
        bytes[Long.BYTES + 1] = (byte) number;
        return Slice.wrap(bytes);
    }

    @Test
    @DisplayName("a search makes no objects")
    void allocatesNothing() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        for (int i = 0; i < 2000; i++) {
            entries.put(Blocks.put("key%06d".formatted(i / 4), 2000 - i), TableForge.handle(i * 100, 95));
        }
        TableIndex index = index(entries);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Slice user = Slice.utf8("key000321");
        long sum = search(index, user);
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        sum += search(index, user);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(sum > 0, "searches find nothing");
        assertTrue(
                allocated < 40_000,
                "10,000 searches have allocated " + allocated + " bytes: keys can be compared where they are");
    }

    private static long search(TableIndex index, Slice user) {
        long sum = 0;
        for (int i = 0; i < 10_000; i++) {
            sum += index.find(user, (long) i << 8);
        }
        return sum;
    }

    @Test
    @DisplayName("a search halves the separators, those that begin alike and versions of one key as well")
    void halves() {
        Growth.check("a search", "separators", separators -> {
            TreeMap<Slice, Slice> entries = Blocks.none();
            for (int i = 0; i < separators; i++) {
                String user = i % 2 == 0 ? "alike" : "key%06d".formatted(i);
                entries.put(Blocks.put(user, separators - i), TableForge.handle(i * 100L, 95));
            }
            TableIndex index = index(entries);
            Slice alike = Slice.utf8("alike");
            Slice last = Slice.utf8("key999999");
            return () -> {
                for (int i = 0; i < 300; i++) {
                    assertTrue(index.find(last, 1) == separators, "a key after all blocks is found in one");
                    assertTrue(index.find(alike, 0) == separators / 2, "what comes after the oldest version of alike");
                }
            };
        });
    }

    @Test
    @DisplayName("a value that is no handle, and a block that makes no sense, are damage")
    void damage() {
        for (String value : new String[] {"", "05", "80", "0580", "ffffffffffffffffffffff"}) {
            TreeMap<Slice, Slice> entries = Blocks.none();
            entries.put(Blocks.put("a", 1), TableForge.handle(0, 10));
            entries.put(
                    Blocks.put("b", 1),
                    Slice.wrap(BaseEncoding.base16().lowerCase().decode(value)));
            CorruptionException e =
                    assertThrows(CorruptionException.class, () -> index(entries), "an index with the handle " + value);
            assertEquals(Blocks.OFFSET, e.offset(), "offset() of the exception");
        }
        assertThrows(
                CorruptionException.class,
                () -> new TableIndex(Blocks.ofHex("000901 61 0105000000000000 31 00 00000000 01000000")),
                "an index whose second entry is cut off");
    }
}
