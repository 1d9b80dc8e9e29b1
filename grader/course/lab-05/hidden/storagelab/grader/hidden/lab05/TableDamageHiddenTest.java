package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.io.BaseEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.course.ExerciseNotDone;
import storagelab.grader.hidden.lab05.TableDump.Part;
import storagelab.sstable.Compression;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;
import storagelab.sstable.TableOptions;
import storagelab.testkit.Seeds;

/** Exercise 5.5: tables that are not what a builder has written. */
@Tag("5.5")
class TableDamageHiddenTest {
    private static final FilterPolicy KEYS = new KeysPolicy("storagelab.Keys");

    private final TableDisk home = new TableDisk();
    private final TreeMap<Slice, Slice> entries = Blocks.none();
    private final byte[] whole;
    private final TableDump dump;

    TableDamageHiddenTest() {
        for (int i = 0; i < 40; i++) {
            entries.put(Blocks.put("k%02d".formatted(i), 50 - i), Slice.utf8("value value value " + i));
        }
        long bytes = home.build(entries, new TableOptions(250, 4, Compression.SNAPPY, KEYS, 11))
                .sizeBytes();
        dump = home.dump();
        whole = BaseEncoding.base16().lowerCase().decode(dump.hex(0, (int) bytes));
    }

    /** Opens the table, walks through it and gets every key: all is as it was, or the exception says where it is not. */
    private Optional<CorruptionException> read(byte[] bytes, String what) {
        home.holding(bytes);
        Optional<CorruptionException> damage = Optional.empty();
        for (int way = 0; way < 3; way++) {
            try (SsTable table = home.open(KEYS)) {
                if (way == 0) {
                    assertEquals(entries, Blocks.walk(table.cursor()), "a walk, " + what);
                } else if (way == 1) {
                    assertEquals(entries, Blocks.walkBack(table.cursor()), "a walk back, " + what);
                } else {
                    gets(table, what);
                }
            } catch (CorruptionException e) {
                assertEquals(home.file.toString(), e.file(), "file() of the exception, " + what);
                damage = Optional.of(e);
            } catch (ExerciseNotDone e) {
                throw e;
            } catch (RuntimeException | OutOfMemoryError e) {
                throw new AssertionError(what + ": " + e + " instead of a CorruptionException", e);
            }
        }
        return damage;
    }

    private void gets(SsTable table, String what) {
        for (Slice key : entries.keySet()) {
            Slice user = InternalKey.userKey(key);
            assertEquals(
                    Optional.of(Entry.value(user, entries.getOrDefault(key, Slice.EMPTY))),
                    table.get(user, 100),
                    "get(" + user + ", 100), " + what);
        }
    }

    @Test
    @DisplayName(
            "each bit of a table turned over is damage, with the file and the offset of its block, but for the footer's zeros")
    void everyBit() {
        assertEquals(Optional.empty(), read(whole, "nothing turned over"), "damage of a table that is whole");
        int footer = whole.length - 48;
        for (int bit = 0; bit < 8 * whole.length; bit += bit / 8 < footer ? 7 : 1) {
            byte[] bytes = whole.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            String what = "bit " + bit % 8 + " of byte " + bit / 8 + " turned over";
            Optional<CorruptionException> damage = read(bytes, what);
            if (bit / 8 < footer) {
                assertTrue(damage.isPresent(), what + ": nobody notices");
                assertEquals(
                        partWith(bit / 8).offset(),
                        damage.orElseThrow().offset(),
                        "the offset that the exception names, " + what);
            } else if (bit / 8 >= whole.length - 8) {
                assertEquals(
                        Long.valueOf(footer),
                        damage.map(CorruptionException::offset).orElse(-1L),
                        "the offset named, " + what);
            }
        }
    }

    private Part partWith(int offset) {
        return dump.parts().stream()
                .filter(part -> part.offset() <= offset && offset < part.end())
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("a damaged data block is the loss of its own entries, and of no others")
    void oneBlock() {
        for (Part hit : dump.data()) {
            byte[] bytes = whole.clone();
            bytes[(int) hit.offset()] ^= 1;
            home.holding(bytes);
            try (SsTable table = home.open(KEYS)) {
                for (Part part : dump.data()) {
                    Slice user = InternalKey.userKey(part.entries().get(0).getKey());
                    if (part == hit) {
                        CorruptionException e = assertThrows(
                                CorruptionException.class,
                                () -> table.get(user, 100),
                                "a get in the block that is damaged, at " + hit.offset());
                        assertEquals(hit.offset(), e.offset(), "the offset that the exception names");
                    } else {
                        assertTrue(
                                table.get(user, 100).isPresent(),
                                "get(" + user + ") is empty: the block at " + hit.offset() + " is damaged, not this");
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("a salvage walks past the blocks that are damaged, in both directions, and says which they are")
    void salvage() {
        TreeMap<Slice, Slice> left = Blocks.none();
        left.putAll(entries);
        byte[] bytes = whole.clone();
        List<Long> hit = new ArrayList<>();
        for (int i : new int[] {0, 2, 3, dump.data().size() - 1}) {
            Part part = dump.data().get(i);
            bytes[(int) part.offset() + 1] ^= 1;
            hit.add(part.offset());
            part.entries().forEach(entry -> left.remove(entry.getKey()));
        }
        assertTrue(!left.isEmpty(), "the table has more than four blocks");
        home.holding(bytes);
        try (SsTable table = home.open(KEYS)) {
            List<Long> said = new ArrayList<>();
            assertEquals(left, Blocks.walk(table.salvageCursor(e -> said.add(e.offset()))), "a walk past the damage");
            assertEquals(hit, said, "the offsets of the damage that was said on the way");
            said.clear();
            assertEquals(left, Blocks.walkBack(table.salvageCursor(e -> said.add(e.offset()))), "a walk back past it");
            Collections.reverse(said);
            assertEquals(hit, said, "the offsets of the damage that was said on the way back");
            assertThrows(CorruptionException.class, () -> Blocks.walk(table.cursor()), "a walk of a plain cursor");
        }
    }

    @Test
    @DisplayName("a table that was cut off, at the end or in front, is damage, wherever it was")
    void cutOff() {
        for (int length = 0; length < whole.length; length++) {
            String what = "cut off after " + length + " of " + whole.length + " bytes";
            assertTrue(read(Arrays.copyOf(whole, length), what).isPresent(), what + ": nobody notices");
            if (length > 0) {
                byte[] back = Arrays.copyOfRange(whole, length, whole.length);
                assertTrue(
                        read(back, "without its first bytes").isPresent(), "without its first bytes: nobody notices");
            }
        }
    }

    @Test
    @DisplayName("whatever bytes a table is damaged with, and wherever: the right answers, or damage")
    void noise() {
        Seeds.check(300, random -> {
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                int from = random.nextInt(bytes.length);
                byte[] noise = new byte[1 + random.nextInt(30)];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, from, Math.min(noise.length, bytes.length - from));
            }
            read(bytes, "with noise in it");
        });
    }

    @Test
    @DisplayName("a handle that is not inside of the file is damage of whoever comes to it, before anything is read")
    void handles() {
        long size = 400;
        long[][] handles = {
            {0, 1L << 31},
            {0, 1L << 32},
            {0, (1L << 32) + 10},
            {0, -1},
            {-1, 10},
            {-10, 20},
            {Long.MAX_VALUE, 10},
            {Long.MAX_VALUE, Long.MAX_VALUE},
            {Long.MIN_VALUE, 10},
            {1L << 40, 10},
            {size, 0},
            {0, size},
            {0, 1 << 29}
        };
        for (long[] handle : handles) {
            Slice bad = TableForge.handle(handle[0], handle[1]);
            String what = "a handle of " + handle[1] + " bytes at " + handle[0];
            byte[] data = new TableForge().indexed(Blocks.put("m", 1), bad).finish();
            try (SsTable table = home.holding(data).open(KEYS)) {
                long before = home.reads();
                CorruptionException e = assertThrows(
                        CorruptionException.class, () -> table.get(Slice.utf8("a"), 9), "a get by " + what);
                assertEquals(home.file.toString(), e.file(), "file() of the exception");
                assertEquals(0, home.reads() - before, "reads by " + what);
                assertThrows(CorruptionException.class, () -> Blocks.walk(table.cursor()), "a walk by " + what);
            }
            assertDoesNotOpen(
                    new TableForge().meta("filter.storagelab.Keys", bad).finish(), "filters by " + what);
            TableForge index = new TableForge();
            Slice good = index.append(Slice.wrap(Blocks.bytes(Blocks.none(), 16)), 0);
            assertDoesNotOpen(index.finish(good, bad), "an index by " + what);
            TableForge metaindex = new TableForge();
            good = metaindex.append(Slice.wrap(Blocks.bytes(Blocks.none(), 16)), 0);
            assertDoesNotOpen(metaindex.finish(bad, good), "a metaindex by " + what);
        }
    }

    @Test
    @DisplayName("a handle is inside of the file to the last byte of its trailer, and not a byte farther")
    void borderOfTheFile() {
        int size = withHandle(TableForge.handle(0, 200)).length;
        for (int beyond = -1; beyond <= 6; beyond++) {
            byte[] bytes = withHandle(TableForge.handle(0, size - 5 + beyond));
            assertEquals(size, bytes.length, "bytes of the table");
            try (SsTable table = home.holding(bytes).open(KEYS)) {
                long before = home.reads();
                assertThrows(CorruptionException.class, () -> table.get(Slice.utf8("a"), 9), "a get by that handle");
                assertEquals(
                        beyond <= 0 ? 1 : 0,
                        home.reads() - before,
                        "reads of a block that ends " + beyond + " bytes behind the end of the file");
            }
        }
    }

    private static byte[] withHandle(Slice handle) {
        TableForge forge = new TableForge();
        forge.append(Slice.wrap(new byte[300]), 0);
        return forge.indexed(Blocks.put("m", 1), handle).finish();
    }

    private void assertDoesNotOpen(byte[] bytes, String what) {
        home.holding(bytes);
        CorruptionException e =
                assertThrows(CorruptionException.class, () -> home.open(KEYS).close(), what);
        assertEquals(home.file.toString(), e.file(), "file() of the exception of " + what);
    }

    @Test
    @DisplayName("blocks with right checksums that make no sense are damage, with their offset")
    void senseless() {
        assertDoesNotOpen(new byte[0], "no bytes");
        assertDoesNotOpen(new byte[47], "47 bytes");
        assertDoesNotOpen(new byte[48], "48 zeros");
        for (int code : new int[] {3, 7, 0x80, 0xff}) {
            TableForge forge = new TableForge();
            forge.append(Slice.utf8("first"), 0);
            forge.indexed(Blocks.put("m", 1), forge.append(Slice.wrap(Blocks.bytes(entries, 16)), code));
            assertGetFails(forge, "a block with the code " + code);
        }
        for (int code : new int[] {1, 2}) {
            for (String stored : new String[] {
                "",
                "05",
                "ffffffff0f",
                "ffffffffff",
                "28b52ffd",
                "0a00ff",
                "ffffffff03",
                "28b52ffde0ffffff3f00000000010000"
            }) {
                TableForge forge = new TableForge();
                forge.append(Slice.utf8("first"), 0);
                forge.indexed(
                        Blocks.put("m", 1),
                        forge.append(
                                Slice.wrap(BaseEncoding.base16().lowerCase().decode(stored)), code));
                assertGetFails(forge, "a block of the bytes '" + stored + "' with the code " + code);
            }
        }
        TableForge forge = new TableForge();
        forge.append(Slice.utf8("first"), 0);
        forge.indexed(Blocks.put("m", 1), forge.append(Slice.utf8("abc"), 0));
        assertGetFails(forge, "a block of three bytes");
        for (String handle : new String[] {"", "80", "05", "ffffffffffffffffffffff"}) {
            Slice bad = Slice.wrap(BaseEncoding.base16().lowerCase().decode(handle));
            TableForge filters = new TableForge();
            filters.append(Slice.utf8("first"), 0);
            byte[] bytes = filters.meta("filter.storagelab.Keys", bad).finish();
            home.holding(bytes);
            CorruptionException e = assertThrows(
                    CorruptionException.class, () -> home.open(KEYS).close(), "filters with the handle " + handle);
            assertEquals(
                    (long) filters.offsets().get(1),
                    e.offset(),
                    "the offset of the metaindex, filters with a bad handle");
            assertDoesNotOpen(
                    new TableForge().indexed(Blocks.put("m", 1), bad).finish(), "an index with the handle " + handle);
        }
    }

    private void assertGetFails(TableForge forge, String what) {
        byte[] bytes = forge.finish();
        try (SsTable table = home.holding(bytes).open(KEYS)) {
            CorruptionException e =
                    assertThrows(CorruptionException.class, () -> table.get(Slice.utf8("a"), 9), "a get in " + what);
            assertEquals((long) forge.offsets().get(1), e.offset(), "the offset of the exception of " + what);
            assertThrows(CorruptionException.class, () -> Blocks.walk(table.cursor()), "a walk in " + what);
        }
    }

    @Test
    @DisplayName("filters that make no sense, with a right checksum, are filters that say perhaps")
    void senselessFilters() {
        for (String filters : new String[] {"", "00", "ffffffff0b", "00000000ff", "0205000000010000000b"}) {
            TableForge forge = new TableForge().data(entries, Compression.NONE);
            forge.meta(
                    "filter.storagelab.Keys",
                    forge.append(Slice.wrap(BaseEncoding.base16().lowerCase().decode(filters)), 0));
            try (SsTable table = home.holding(forge.finish()).open(KEYS)) {
                gets(table, "with the filters '" + filters + "'");
            }
        }
    }
}
