package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.io.BaseEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.sstable.BlockBuilder;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 5.4: the bytes of blocks. */
@Tag("5.4")
class BlockBuilderHiddenTest {
    private static final String END_OF_ONE = "00000000" + "01000000";

    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    private static void assertBlock(String hex, BlockBuilder builder, String what) {
        Step.at("sizeBytes() and finish() of " + what);
        int size = builder.sizeBytes();
        Slice block = builder.finish();
        assertEquals(hex.replace(" ", ""), Blocks.hex(block), what);
        assertEquals(block.length(), size, "sizeBytes() before finish() of " + what);
    }

    @Test
    @DisplayName("an entry says what it shares with the one before it, byte for byte as LevelDB does")
    void example() {
        BlockBuilder builder = new BlockBuilder(16);
        Step.at("adding apple=1, apply=2, banana=3, bananas= and bandana=45 to a builder with a restart every 16");
        builder.add(text("apple"), text("1"));
        builder.add(text("apply"), text("2"));
        builder.add(text("banana"), text("3"));
        builder.add(text("bananas"), Slice.EMPTY);
        builder.add(text("bandana"), text("45"));
        assertBlock(
                "0005016170706c6531 0401017932 00060162616e616e6133 06010073 0304026461 6e613435" + END_OF_ONE,
                builder,
                "a block of five fruits, more or less");
    }

    @Test
    @DisplayName("every interval-th entry is a restart that shares nothing, and the restarts stand behind the entries")
    void restarts() {
        for (int interval = 1; interval <= 7; interval++) {
            Step.at("adding ab0 to ab5 to a builder with a restart every " + interval);
            BlockBuilder builder = new BlockBuilder(interval);
            StringBuilder entries = new StringBuilder();
            StringBuilder restarts = new StringBuilder();
            int count = 0;
            for (int i = 0; i < 6; i++) {
                builder.add(text("ab" + i), text("v"));
                if (i % interval == 0) {
                    restarts.append("%02x000000".formatted(entries.length() / 2));
                    entries.append("0003016162%02x76".formatted('0' + i));
                    count++;
                } else {
                    entries.append("020101%02x76".formatted('0' + i));
                }
            }
            assertBlock(
                    entries.append(restarts)
                            .append("%02x000000".formatted(count))
                            .toString(),
                    builder,
                    "a block of six entries, a restart every " + interval);
        }
    }

    @Test
    @DisplayName("lengths of one, two and three bytes, keys that share 127, 128 and 200 bytes, and empty ones")
    void lengths() {
        for (int shared : new int[] {0, 1, 7, 8, 9, 15, 16, 17, 127, 128, 200}) {
            for (int value : new int[] {0, 127, 128, 16_383, 16_384}) {
                String front = "s".repeat(shared);
                Step.at("a block of two keys that share " + shared + " bytes, the second with a value of " + value);
                BlockBuilder builder = new BlockBuilder(16);
                builder.add(text(front + "a"), Slice.EMPTY);
                builder.add(text(front + "b".repeat(130)), Slice.wrap(new byte[value]));
                ByteWriter expected = new ByteWriter(20_000);
                expected.putVarint32(0).putVarint32(shared + 1).putVarint32(0).putBytes(text(front + "a"));
                expected.putVarint32(shared).putVarint32(130).putVarint32(value);
                expected.putBytes(text("b".repeat(130))).putBytes(Slice.wrap(new byte[value]));
                expected.putFixed32(0).putFixed32(1);
                assertEquals(
                        Blocks.hex(expected.toSlice()),
                        Blocks.hex(builder.finish()),
                        "two keys that share " + shared + " bytes, and a value of " + value);
            }
        }
        Step.at("adding keys of no bytes, one and two zeros, without values");
        BlockBuilder builder = new BlockBuilder(16);
        builder.add(Slice.EMPTY, Slice.EMPTY);
        builder.add(Slice.copyOf((byte) 0), Slice.EMPTY);
        builder.add(Slice.copyOf((byte) 0, (byte) 0), Slice.EMPTY);
        assertBlock("000000 000100 00 010100 00" + END_OF_ONE, builder, "a block of keys of no bytes, and of zeros");
    }

    @Test
    @DisplayName("what is shared is all that there is to share, wherever the keys begin to differ")
    void shared() {
        Seeds.check(200, random -> {
            byte[] one = new byte[random.nextInt(40)];
            random.nextBytes(one);
            int same = random.nextInt(one.length + 1);
            byte[] other = new byte[same + random.nextInt(40)];
            System.arraycopy(one, 0, other, 0, same);
            if (other.length > same) {
                other[same] = (byte) (same < one.length ? one[same] ^ 1 << random.nextInt(8) : 0);
            }
            Step.at("a block of the two keys " + Slice.wrap(one) + " and " + Slice.wrap(other));
            BlockBuilder builder = new BlockBuilder(16);
            builder.add(Slice.wrap(one), Slice.EMPTY);
            int before = builder.sizeBytes();
            builder.add(Slice.wrap(other), Slice.EMPTY);
            byte[] block = builder.finish().toByteArray();
            assertEquals(
                    same,
                    block[before - 8],
                    "bytes that two keys share: " + Slice.wrap(one) + " and " + Slice.wrap(other));
            assertEquals(other.length - same, block[before - 7], "bytes of the second that are its own");
        });
    }

    @Test
    @DisplayName("sizeBytes is the size of the block if it ended now, after every entry")
    void sizes() {
        for (int interval : new int[] {1, 2, 16, Integer.MAX_VALUE}) {
            TreeMap<Slice, Slice> entries = Blocks.none();
            BlockBuilder builder = new BlockBuilder(interval);
            for (int i = 0; i < 40; i++) {
                Step.at("sizeBytes() and isEmpty() with " + i + " entries, a restart every " + interval);
                assertEquals(
                        Blocks.bytes(entries, interval).length,
                        builder.sizeBytes(),
                        "sizeBytes() with " + i + " entries, a restart every " + interval);
                assertEquals(i == 0, builder.isEmpty(), "isEmpty() with " + i + " entries");
                Slice key = Blocks.put("key%02d".formatted(i), 9);
                entries.put(key, text("v".repeat(i)));
                builder.add(key, text("v".repeat(i)));
            }
        }
    }

    @Test
    @DisplayName("after reset a builder makes what a new one makes: no entry, key or restart of the last block is left")
    void reset() {
        BlockBuilder builder = new BlockBuilder(2);
        for (int round = 0; round < 4; round++) {
            Step.at("block " + round + " of a builder that is reset after each, of " + (2 * round + 1) + " entries");
            BlockBuilder fresh = new BlockBuilder(2);
            for (int i = 0; i <= 2 * round; i++) {
                builder.add(text("key" + i), text("v" + round));
                fresh.add(text("key" + i), text("v" + round));
            }
            assertEquals(
                    BaseEncoding.base16().encode(fresh.finish().toByteArray()),
                    BaseEncoding.base16().encode(builder.finish().toByteArray()),
                    "block " + round + " of one builder");
            builder.reset();
            assertTrue(builder.isEmpty(), "isEmpty() after reset() is false");
            assertEquals(8, builder.sizeBytes(), "sizeBytes() after reset()");
        }
        Step.at("adding an entry after reset(), and reset() again");
        builder.add(text("key"), text("v"));
        assertFalse(builder.isEmpty(), "isEmpty() with an entry after reset() is true");
        builder.reset();
        assertBlock(END_OF_ONE, builder, "a block without entries, after an unfinished one");
    }

    @Test
    @DisplayName("the bytes of a value are taken when it is added, and may change afterwards")
    void valuesAreTaken() {
        byte[] value = {'o', 'n', 'e'};
        Step.at("adding two values that lie in one array, one after the other");
        BlockBuilder builder = new BlockBuilder(16);
        builder.add(text("a"), Slice.wrap(value));
        value[0] = 'x';
        builder.add(text("b"), Slice.wrap(value));
        assertBlock("000103 61 6f6e65 000103 62 786e65" + END_OF_ONE, builder, "two values from one array");
    }

    @Test
    @DisplayName("what a builder makes of any entries is read back by a plain walk over its bytes")
    void plainWalk() {
        Seeds.check(100, random -> {
            TreeMap<Slice, Slice> entries = Blocks.random(random, 80);
            int interval = new int[] {1, 2, 3, 16, 1000}[random.nextInt(5)];
            byte[] block = Blocks.bytes(entries, interval);
            int restarts = Math.max(1, (entries.size() + interval - 1) / interval);
            int[] offsets = Blocks.entryOffsets(block, entries.size());
            assertEquals(
                    block.length,
                    offsets[entries.size()] + 4 * (restarts + 1),
                    "bytes of a block with " + restarts + " restarts");
            byte[] key = {};
            int i = 0;
            for (Map.Entry<Slice, Slice> entry : entries.entrySet()) {
                byte[] now = entry.getKey().toByteArray();
                int same = 0;
                while (same < Math.min(key.length, now.length) && key[same] == now[same]) {
                    same++;
                }
                int wanted = i % interval == 0 ? 0 : same;
                ByteWriter start = new ByteWriter(5).putVarint32(wanted).putVarint32(now.length - wanted);
                assertEquals(
                        Blocks.hex(start.toSlice()),
                        Blocks.hex(Slice.wrap(block, offsets[i], start.size())),
                        "the first two numbers of entry " + i + ", a restart every " + interval);
                key = now;
                i++;
            }
        });
    }

    @Test
    @DisplayName("an interval below 1 is refused")
    void interval() {
        assertBlock(END_OF_ONE, new BlockBuilder(1), "a block without entries");
        for (int interval : new int[] {0, -1, Integer.MIN_VALUE}) {
            Step.at("a builder with a restart every " + interval + " entries: IllegalArgumentException is expected");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new BlockBuilder(interval),
                    "a restart every " + interval + " entries");
        }
    }

    @Test
    @DisplayName("the bytes of a key may change when the next one was added: only the last one is kept")
    void onlyTheLastKeyIsKept() {
        byte[][] arrays = {new byte[3], new byte[3]};
        Step.at("adding ten keys that lie in two arrays by turns");
        BlockBuilder builder = new BlockBuilder(16);
        BlockBuilder expected = new BlockBuilder(16);
        for (int i = 0; i < 10; i++) {
            byte[] key = arrays[i % 2]; // as a reader does that keeps two keys
            key[0] = 'k';
            key[1] = (byte) ('a' + i / 3);
            key[2] = (byte) ('0' + i);
            builder.add(Slice.wrap(key), text("v" + i));
            expected.add(Slice.copyOf(key), text("v" + i));
        }
        assertEquals(
                Blocks.hex(expected.finish()),
                Blocks.hex(builder.finish()),
                "a block of ten keys that lay in two arrays by turns");
    }

    @Test
    @DisplayName("a block costs its bytes, sizeBytes() after each entry included, and not their square")
    void cost() {
        List<Slice> keys = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            keys.add(Blocks.put("key%06d".formatted(i), 7));
        }
        Slice value = Slice.wrap(new byte[20]);
        Step.at("a block of 4,000 entries, with sizeBytes() after each");
        Allocations.assertAtMost(4000 * 500, "a block of 4,000 entries of some 40 bytes", () -> {
            BlockBuilder builder = new BlockBuilder(16);
            long size = 0;
            for (Slice key : keys) {
                builder.add(key, value);
                size += builder.sizeBytes();
            }
            assertTrue(size > 0 && builder.finish().length() > 80_000, "the block has not got its values");
        });
    }
}
