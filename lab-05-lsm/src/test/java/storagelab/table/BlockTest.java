package storagelab.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.io.BaseEncoding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Seeds;

class BlockTest {
    private static final Path FILE = CrashDisk.create().root().resolve("000007.ldb");

    @Test
    @DisplayName("the worked example, byte by byte")
    void workedExample() {
        BlockBuilder builder = new BlockBuilder(16);
        builder.add(Slice.utf8("apple"), Slice.utf8("1"));
        builder.add(Slice.utf8("apply"), Slice.utf8("2"));
        builder.add(Slice.utf8("banana"), Slice.utf8("3"));
        assertEquals(32, builder.sizeBytes());
        assertEquals(
                "0005016170706c6531" + "0401017932" + "00060162616e616e6133" + "00000000" + "01000000",
                BaseEncoding.base16().lowerCase().encode(builder.finish().toByteArray()));
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
    @DisplayName("whatever the bytes are, a walk comes to an end: with entries, or with a CorruptionException")
    void damage() {
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
                cursor.seekToLast();
            } catch (CorruptionException expected) {
                assertEquals(FILE.toString(), expected.file());
            }
        });
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
