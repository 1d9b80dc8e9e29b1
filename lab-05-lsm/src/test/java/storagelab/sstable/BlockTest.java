package storagelab.sstable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Seeds;

@Tag("5.4")
class BlockTest {
    private static final Path FILE = CrashDisk.create().root().resolve("000007.ldb");

    @Test
    @DisplayName("the worked example, byte by byte, with restarts of two widths")
    void workedExample() {
        assertEquals(
                "0005016170706c6531" + "0401017932" + "00060162616e616e6133" + "00000000" + "01000000",
                fruits(new BlockBuilder(16)));
        assertEquals(
                "0005016170706c6531" + "0401017932" + "00060162616e616e6133" + "00000000" + "0e000000" + "02000000",
                fruits(new BlockBuilder(2)));
    }

    private static String fruits(BlockBuilder builder) {
        builder.add(Slice.utf8("apple"), Slice.utf8("1"));
        builder.add(Slice.utf8("apply"), Slice.utf8("2"));
        builder.add(Slice.utf8("banana"), Slice.utf8("3"));
        int size = builder.sizeBytes();
        Slice block = builder.finish();
        assertEquals(block.length(), size, "sizeBytes() before finish()");
        return hex(block);
    }

    @Test
    @DisplayName("an empty block has eight bytes, and a builder that was reset makes what a new one makes")
    void reset() {
        BlockBuilder builder = new BlockBuilder(2);
        assertTrue(builder.isEmpty(), "isEmpty() of a new builder");
        assertEquals(8, builder.sizeBytes(), "sizeBytes() of a new builder");
        assertEquals("0000000001000000", hex(builder.finish()), "a block without entries");
        builder.reset();
        String first = fruits(builder);
        assertFalse(builder.isEmpty(), "isEmpty() with three entries");
        builder.reset();
        assertEquals(8, builder.sizeBytes(), "sizeBytes() after reset()");
        assertEquals(first, fruits(builder), "the second block of a builder");
        assertThrows(IllegalArgumentException.class, () -> new BlockBuilder(0), "a restart every 0 entries");
    }

    @Test
    @DisplayName("a seek finds the version that a reader may see, whatever the order of the bytes is")
    void versions() {
        BlockBuilder builder = new BlockBuilder(2);
        for (long sequence : new long[] {300, 256, 255, 2, 1}) {
            builder.add(
                    InternalKey.of(Slice.utf8("a"), sequence, ValueKind.VALUE), Slice.utf8("written at " + sequence));
        }
        builder.add(InternalKey.of(Slice.utf8("a\0"), 7, ValueKind.DELETION), Slice.EMPTY);
        BlockCursor cursor = new Block(builder.finish().toByteArray(), FILE, 0).cursor();
        long[][] seenAt = {{1000, 300}, {300, 300}, {299, 256}, {256, 256}, {255, 255}, {254, 2}, {2, 2}, {1, 1}};
        for (long[] seen : seenAt) {
            cursor.seek(InternalKey.seekKey(Slice.utf8("a"), seen[0]));
            assertEquals(Slice.utf8("written at " + seen[1]), cursor.value(), "what a was at " + seen[0]);
            cursor.seek(Slice.utf8("a"), InternalKey.tag(seen[0], ValueKind.VALUE));
            assertEquals(Slice.utf8("written at " + seen[1]), cursor.value(), "the same, asked in two parts");
            assertTrue(cursor.isAt(Slice.utf8("a")), "isAt(a)");
            assertEquals(ValueKind.VALUE, cursor.kind(), "kind()");
        }
        cursor.seek(InternalKey.seekKey(Slice.utf8("a"), 0));
        assertEquals(InternalKey.of(Slice.utf8("a\0"), 7, ValueKind.DELETION), cursor.key(), "what comes behind a");
        assertFalse(cursor.isAt(Slice.utf8("a")), "isAt(a) at another key that begins with it");
        assertEquals(ValueKind.DELETION, cursor.kind(), "kind() of a deletion");
        cursor.seek(InternalKey.seekKey(Slice.utf8("b"), 1));
        assertFalse(cursor.isValid(), "isValid() behind the last entry");
        assertFalse(cursor.isAt(Slice.utf8("a\0")), "isAt() of a cursor at no entry");
    }

    @Test
    @DisplayName("a cursor goes where a sorted map goes, forward and backward, with restarts of every width")
    void cursor() {
        Seeds.check(60, random -> {
            TreeMap<Slice, Slice> entries = new TreeMap<>(InternalKeyOrder.ORDER);
            for (int i = random.nextInt(60); i > 0; i--) {
                entries.put(randomKey(random), Slice.utf8("v".repeat(random.nextInt(200)) + i));
            }
            BlockCursor cursor = block(entries, 1 + random.nextInt(20)).cursor();
            for (int step = 0; step < 200; step++) {
                Map.Entry<Slice, Slice> expected;
                boolean stands = cursor.isValid();
                int move = random.nextInt(stands ? 5 : 3);
                switch (move) {
                    case 0 -> {
                        cursor.seekToFirst();
                        expected = entries.firstEntry();
                    }
                    case 1 -> {
                        cursor.seekToLast();
                        expected = entries.lastEntry();
                    }
                    case 2 -> {
                        Slice key = randomKey(random);
                        cursor.seek(key);
                        expected = entries.ceilingEntry(key);
                    }
                    case 3 -> {
                        expected = entries.higherEntry(cursor.key());
                        cursor.next();
                    }
                    default -> {
                        expected = entries.lowerEntry(cursor.key());
                        cursor.prev();
                    }
                }
                assertEquals(expected != null, cursor.isValid(), "whether there is an entry after move " + move);
                if (expected != null) {
                    assertEquals(expected.getKey(), cursor.key(), "key after move " + move);
                    assertEquals(expected.getValue(), cursor.value(), "value after move " + move);
                }
            }
        });
    }

    @Test
    @DisplayName("keys and values stay what they are when the cursor moves on")
    void stay() {
        TreeMap<Slice, Slice> entries = new TreeMap<>(InternalKeyOrder.ORDER);
        for (int i = 0; i < 40; i++) {
            entries.put(InternalKey.of(Slice.utf8("key%02d".formatted(i)), 7, ValueKind.VALUE), Slice.utf8("" + i));
        }
        TreeMap<Slice, Slice> seen = new TreeMap<>(InternalKeyOrder.ORDER);
        BlockCursor cursor = block(entries, 16).cursor();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            seen.put(cursor.key(), cursor.value());
        }
        assertEquals(entries, seen);
        assertThrows(IllegalStateException.class, cursor::key, "key() of a cursor beyond the last entry");
    }

    @Test
    @DisplayName(
            "restarts that there is no room for, and entries that do not fit, are damage, with the file and the place")
    void damage() {
        BlockCursor none = new Block(new byte[4], FILE, 4096).cursor();
        none.seekToFirst();
        assertFalse(none.isValid(), "whether a block without restarts has an entry");
        for (String bytes : new String[] {"", "000000", "01000000", "0000000002000000", "ffffffff"}) {
            damaged(bytes, "a block of the bytes '" + bytes + "'");
        }
        String end = "00000000" + "01000000";
        damaged("000a00" + "610105000000000000" + end, "a key that runs into the restarts");
        damaged("000901" + "610105000000000000" + end, "a value that runs into the restarts");
        damaged("010801" + "010500000000000000" + "31" + end, "a first key that shares a byte");
        damaged("000701" + "01050000000000" + "31" + end, "a key of seven bytes");
        damaged("80808080" + end, "a varint that does not end");
        damaged("00ffffffff0f00" + end, "a length of more than 31 bits");
        damaged("000900" + "610105000000000000" + "0d000000" + "01000000", "a restart behind the entries");
    }

    @Test
    @DisplayName("a length of 2^32 and nine is damage, and was once taken for nine")
    void lengthBeyond32Bits() {
        damaged("008980808010" + "00" + "610105000000000000" + "00000000" + "01000000", "a key of 2^32 + 9 bytes");
        damaged("000980808080" + "10" + "610105000000000000" + "00000000" + "01000000", "a value of 2^32 bytes");
    }

    private static void damaged(String bytes, String what) {
        CorruptionException e = assertThrows(
                CorruptionException.class,
                () -> new Block(BaseEncoding.base16().lowerCase().decode(bytes), FILE, 4096)
                        .cursor()
                        .seekToFirst(),
                what);
        assertEquals(FILE.toString(), e.file(), "the file that the exception names");
        assertEquals(4096, e.offset(), "the offset that the exception names");
    }

    @Test
    @DisplayName("whatever the bytes are, a walk comes to an end: with entries, or with a CorruptionException")
    void noise() {
        Seeds.check(2000, random -> {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length >= 8 && random.nextBoolean()) {
                System.arraycopy(new byte[] {1, 0, 0, 0}, 0, bytes, bytes.length - 4, 4);
            }
            try {
                BlockCursor cursor = new Block(bytes, FILE, 0).cursor();
                int entries = 0;
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    entries++;
                }
                assertFalse(entries > bytes.length, entries + " entries in " + bytes.length + " bytes");
                cursor.seek(randomKey(random));
                for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                    entries++;
                }
                assertFalse(entries > 2 * bytes.length, entries + " steps in " + bytes.length + " bytes");
            } catch (CorruptionException expected) {
                assertEquals(FILE.toString(), expected.file());
            }
        });
    }

    private static String hex(Slice bytes) {
        return BaseEncoding.base16().lowerCase().encode(bytes.toByteArray());
    }

    private static Block block(Map<Slice, Slice> entries, int restartInterval) {
        BlockBuilder builder = new BlockBuilder(restartInterval);
        entries.forEach(builder::add);
        return new Block(builder.finish().toByteArray(), FILE, 0);
    }

    private static Slice randomKey(Random random) {
        String user = "k".repeat(random.nextInt(3)) + random.nextInt(12);
        return InternalKey.of(Slice.utf8(user), random.nextInt(4), ValueKind.of(random.nextInt(2)));
    }
}
