package storagelab.grader.hidden.lab04;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab04.PageBytes.HEAD_BYTES_OF_RECORD;
import static storagelab.grader.hidden.lab04.PageBytes.RECORD_BYTES;
import static storagelab.grader.hidden.lab04.PageBytes.RECORD_OFFSETS;
import static storagelab.grader.hidden.lab04.PageBytes.SIZE;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.file.StatsRecorder;
import storagelab.page.MetaPage;
import storagelab.page.PageFile;
import storagelab.page.PageLayout;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 4.4: what a checkpoint says of the file, and which of the four records is believed. */
@Tag("4.4")
class MetaPageHiddenTest {
    private static final String NAME = "tree.pages";

    private final CrashDisk disk = CrashDisk.create();
    private final Path path = disk.root().resolve(NAME);
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("records have their fields where the format says, and are read back, whatever is in them")
    void roundTrip() {
        Seeds.check(200, random -> {
            MetaPage meta = randomMeta(random);
            assertThat("encode() of " + meta, meta.encode(), sameBytesAs(PageBytes.record(meta)));
            int offset = random.nextInt(20);
            Step.at("encode of " + meta + ", and decode at byte " + offset);
            byte[] bytes = PageBytes.patched(new byte[100], offset, PageBytes.record(meta));
            assertEquals(Optional.of(meta), MetaPage.decode(bytes, offset), "decode of " + meta + " at byte " + offset);
            assertEquals(OptionalInt.of(2), MetaPage.formatVersion(bytes, offset), "formatVersion of " + meta);
        });
    }

    @Test
    @DisplayName("what is no record is none: a bit changed, another magic, cut off, a version of 0; nothing is thrown")
    void noRecord() {
        byte[] record = PageBytes.record(meta(1));
        for (int bit = 0; bit < 8 * RECORD_BYTES; bit++) {
            byte[] damaged = PageBytes.flipped(record, bit);
            String what = "a record with bit " + bit % 8 + " of byte " + bit / 8 + " turned over";
            assertEquals(Optional.empty(), MetaPage.decode(damaged, 0), "decode of " + what);
            OptionalInt version = bit < 8 * HEAD_BYTES_OF_RECORD ? OptionalInt.empty() : OptionalInt.of(2);
            assertEquals(version, MetaPage.formatVersion(damaged, 0), "formatVersion of " + what);
        }
        byte[] otherMagic = PageBytes.withCrc(PageBytes.flipped(record, 0));
        assertEquals(Optional.empty(), MetaPage.decode(otherMagic, 0), "decode with another magic, checksum right");
        assertEquals(OptionalInt.empty(), MetaPage.formatVersion(otherMagic, 0), "formatVersion with another magic");
        for (int offset : new int[] {
            -1, -RECORD_BYTES, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - RECORD_BYTES + 1, 1 << 30
        }) {
            String input = " at offset " + offset + " of " + RECORD_BYTES + " bytes, which have no record there";
            assertEquals(
                    Optional.empty(),
                    noneThrown(() -> MetaPage.decode(record, offset), "decode" + input),
                    "decode" + input);
            assertEquals(
                    OptionalInt.empty(),
                    noneThrown(() -> MetaPage.formatVersion(record, offset), "formatVersion" + input),
                    "formatVersion" + input);
        }
        for (int offset = 1; offset <= RECORD_BYTES; offset++) {
            assertEquals(Optional.empty(), MetaPage.decode(record, offset), "decode of the end of a record");
            assertEquals(
                    OptionalInt.empty(), MetaPage.formatVersion(record, offset), "formatVersion of the end of one");
        }
        for (int length = HEAD_BYTES_OF_RECORD; length < RECORD_BYTES; length++) {
            byte[] cut = PageBytes.cut(record, 0, length);
            assertEquals(Optional.empty(), MetaPage.decode(cut, 0), "decode of the first " + length + " bytes");
            assertEquals(OptionalInt.of(2), MetaPage.formatVersion(cut, 0), "formatVersion of " + length + " bytes");
        }
        for (int version : new int[] {0, 3, 1000, -1}) {
            byte[] other = PageBytes.record(meta(1), version);
            assertEquals(Optional.empty(), MetaPage.decode(other, 0), "decode of format version " + version);
            assertEquals(
                    OptionalInt.of(version),
                    MetaPage.formatVersion(other, 0),
                    "formatVersion of a whole record of version " + version);
        }
    }

    @Test
    @DisplayName("a record of format version 1, 60 bytes long, is read with the log position 0")
    void withoutLogPosition() {
        Seeds.check(100, random -> {
            MetaPage meta = randomMeta(random);
            byte[] record = PageBytes.recordWithoutLogPosition(meta);
            MetaPage expected = new MetaPage(
                    meta.pageSizeBytes(),
                    meta.checkpoint(),
                    meta.version(),
                    meta.rootPage(),
                    meta.pageCount(),
                    meta.freeListPage(),
                    meta.entries(),
                    meta.depth());
            assertEquals(Optional.of(expected), MetaPage.decode(record, 0), "decode of version 1 of " + meta);
            assertEquals(OptionalInt.of(1), MetaPage.formatVersion(record, 0), "formatVersion of version 1");
            byte[] followed = new byte[100];
            random.nextBytes(followed);
            assertEquals(
                    Optional.of(expected),
                    MetaPage.decode(PageBytes.patched(followed, 0, record), 0),
                    "decode of version 1, with other bytes after it");
        });
        byte[] damaged = PageBytes.recordWithoutLogPosition(meta(1));
        for (int bit = 0; bit < 8 * damaged.length; bit++) {
            assertEquals(
                    Optional.empty(),
                    MetaPage.decode(PageBytes.flipped(damaged, bit), 0),
                    "decode of version 1 with bit " + bit % 8 + " of byte " + bit / 8 + " flipped");
        }
    }

    @Test
    @DisplayName("a file of format version 1 opens, with the log position 0")
    void fileWithoutLogPosition() {
        byte[] file = new byte[2 * SIZE];
        for (int offset : RECORD_OFFSETS) {
            file = PageBytes.patched(file, offset, PageBytes.recordWithoutLogPosition(meta(4)));
            file = PageBytes.patched(file, SIZE + offset, PageBytes.recordWithoutLogPosition(meta(5)));
        }
        PageBytes.write(path, file);
        assertEquals(meta(5), opened(), "meta() of a file of format version 1");
        assertEquals(meta(5), opened(), "meta() when it is opened again");
    }

    @Test
    @DisplayName("a record with fields that cannot be, its checksum right, is none, and no exception")
    void impossibleFields() {
        byte[] record = PageBytes.record(new MetaPage(SIZE, 6, 7, 5, 9, 4, 2, 1));
        int[][] wrong = {
            {12, 1000},
            {12, 0},
            {20, -1},
            {28, -1},
            {32, 1},
            {32, 9},
            {32, -2},
            {36, 1},
            {36, 5},
            {40, 9},
            {40, 1},
            {44, -1},
            {52, -1},
            {64, -1}
        };
        for (int[] field : wrong) {
            byte[] bytes = record.clone();
            PageLayout.putInt(bytes, field[0], field[1]);
            assertEquals(
                    Optional.empty(),
                    MetaPage.decode(PageBytes.withCrc(bytes), 0),
                    "decode of a record that has " + field[1] + " at byte " + field[0]);
        }
    }

    @Test
    @DisplayName(
            "of four records the newest whole one counts, if each page has one: all combinations of whole and damaged")
    void allCombinations() {
        MetaPage[] metas = {meta(4), meta(6), meta(3), meta(5)}; // page 0 was half overwritten, page 1 too
        for (int damaged = 0; damaged < 16; damaged++) {
            byte[] file = new byte[2 * SIZE];
            long newest = -1;
            boolean[] whole = new boolean[2];
            for (int i = 0; i < 4; i++) {
                byte[] record = PageBytes.record(metas[i]);
                boolean isDamaged = (damaged & 1 << i) != 0;
                whole[i / 2] |= !isDamaged;
                newest = isDamaged ? newest : Math.max(newest, metas[i].checkpoint());
                int offset = i / 2 * SIZE + RECORD_OFFSETS[i % 2];
                file = PageBytes.patched(file, offset, isDamaged ? PageBytes.flipped(record, 200) : record);
            }
            PageBytes.write(path, file);
            String what = "records of checkpoints 4 and 6 in page 0, 3 and 5 in page 1, damaged (from the right): "
                    + Integer.toBinaryString(damaged);
            Step.at("opening a file with " + what);
            if (whole[0] && whole[1]) {
                assertEquals(newest, opened().checkpoint(), what);
            } else {
                long offset = whole[0] ? SIZE : 0;
                assertThat(what, this::opened, findsDamageIn(NAME, offset, offset));
            }
        }
    }

    @Test
    @DisplayName("the records of a page may be whole in the other one's place, or of another page size: that is damage")
    void misplacedRecords() {
        Step.at("opening a file whose meta pages are swapped, missing, or of another page size");
        byte[] even = page(meta(4));
        byte[] odd = page(meta(5));
        PageBytes.write(path, PageBytes.patched(new byte[2 * SIZE], 0, even));
        assertThat("zeros in page 1", this::opened, findsDamageIn(NAME, SIZE, SIZE));
        PageBytes.write(path, joined(even, even));
        assertThat("page 0 in the place of page 1", this::opened, findsDamageIn(NAME, SIZE, SIZE));
        PageBytes.write(path, joined(odd, odd));
        assertThat("page 1 in the place of page 0", this::opened, findsDamageIn(NAME, 0, 0));
        PageBytes.write(path, joined(even, page(new MetaPage(2048, 5, 1, 0, 2, 0, 0, 0))));
        assertThat("page 1 with another page size", this::opened, findsDamageIn(NAME, SIZE, SIZE));
        PageBytes.write(path, joined(even, page(meta(0))));
        assertEquals(4, opened().checkpoint(), "checkpoint 4 beside the empty one");
    }

    @Test
    @DisplayName("a whole record of a newer format, wherever it is, is said to be that; a damaged one is not")
    void newerFormats() {
        byte[] file = joined(page(meta(4)), page(meta(5)));
        for (int offset : new int[] {0, 512, SIZE, SIZE + 512}) {
            MetaPage meta = offset < SIZE ? meta(4) : meta(5);
            PageBytes.write(path, PageBytes.patched(file, offset, PageBytes.record(meta, 3)));
            StorageIoException e = assertThrows(
                    StorageIoException.class, this::opened, "a record of format version 3 at byte " + offset);
            String message = String.valueOf(e.getMessage());
            assertTrue(
                    message.contains(NAME)
                            && message.contains("was written by format version 3, this program reads up to 2"),
                    "the message should name the file and both versions, and is: " + message);
            for (int bit = 64; bit < 96; bit++) {
                PageBytes.write(path, PageBytes.flipped(file, 8 * offset + bit));
                assertEquals(
                        5,
                        opened().checkpoint(),
                        "one bit of the format version of the record at byte " + offset + " turned over");
            }
        }
    }

    @Test
    @DisplayName("a file that is cut off anywhere does not open, and one that is too long does")
    void cutOff() {
        int pages = 6;
        MetaPage five = new MetaPage(SIZE, 5, 1, 0, pages, 0, 0, 0);
        byte[] whole = PageBytes.patched(new byte[pages * SIZE], 0, joined(page(meta(4)), page(five)));
        for (int length = 0; length < whole.length; length += length < 100 || length > whole.length - 100 ? 1 : 61) {
            PageBytes.write(path, PageBytes.cut(whole, 0, length));
            assertThat("the first " + length + " bytes of a file of 6 pages", this::opened, findsDamageIn(NAME));
        }
        PageBytes.write(path, whole);
        assertEquals(five, opened(), "meta() of a file that is whole");
        PageBytes.write(path, PageBytes.patched(new byte[whole.length + 700], 0, whole));
        assertEquals(five, opened(), "meta() of a file with 700 bytes behind its pages");
    }

    @Test
    @DisplayName(
            "opening repairs what was damaged or half written, and touches nothing else of a file of any page size")
    void repairs() {
        for (int size = 1024; size <= 64 << 10; size *= 4) {
            MetaPage six = new MetaPage(size, 6, 1, 0, 3, 0, 0, 0);
            MetaPage five = new MetaPage(size, 5, 1, 0, 3, 0, 0, 0);
            byte[] file = new byte[3 * size];
            new Random(size).nextBytes(file);
            file = PageBytes.patched(file, 0, PageBytes.record(six));
            file = PageBytes.patched(file, 512, PageBytes.record(new MetaPage(size, 4, 1, 0, 3, 0, 0, 0)));
            file = PageBytes.patched(file, size, PageBytes.record(five));
            file = PageBytes.patched(file, size + 512, PageBytes.record(five));
            PageBytes.write(path, file);
            DiskCounters before = disk.counters();
            assertEquals(6, opened().checkpoint(), "checkpoint 6, of which only the first record was written");
            DiskCounters cost = disk.counters().since(before);
            assertTrue(cost.syncs() >= 1, "the record that was found was not synced");
            byte[] after = PageBytes.read(path);
            for (int offset : RECORD_OFFSETS) {
                assertThat(
                        "the record at byte " + offset + " after opening",
                        PageBytes.cut(after, offset, RECORD_BYTES),
                        sameBytesAs(PageBytes.record(six)));
            }
            assertThat(
                    "pages 1 and 2 after opening",
                    PageBytes.cut(after, size, 2 * size),
                    sameBytesAs(PageBytes.cut(file, size, 2 * size)));
        }
    }

    private MetaPage opened() {
        try (PageFile file = PageFile.open(path, stats)) {
            return file.meta();
        }
    }

    private static MetaPage meta(long checkpoint) {
        return new MetaPage(SIZE, checkpoint, checkpoint, 0, 2, 0, 0, 0);
    }

    private static byte[] page(MetaPage meta) {
        byte[] page = new byte[SIZE];
        for (int offset : RECORD_OFFSETS) {
            page = PageBytes.patched(page, offset, PageBytes.record(meta));
        }
        return page;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return PageBytes.patched(PageBytes.patched(new byte[2 * SIZE], 0, first), SIZE, second);
    }

    private static MetaPage randomMeta(Random random) {
        int pageCount = 2 + (random.nextInt(Integer.MAX_VALUE - 2) >>> random.nextInt(28));
        return new MetaPage(
                1024 << random.nextInt(7),
                random.nextLong() >>> 1 + random.nextInt(63),
                random.nextLong() >>> 1 + random.nextInt(63),
                pageCount > 2 && random.nextBoolean() ? 2 + random.nextInt(pageCount - 2) : 0,
                pageCount,
                pageCount > 2 && random.nextBoolean() ? 2 + random.nextInt(pageCount - 2) : 0,
                random.nextLong() >>> 1 + random.nextInt(63),
                random.nextInt(30),
                random.nextLong() >>> 1 + random.nextInt(63));
    }

    /** What {@code call} returns. */
    private static <T> T noneThrown(Supplier<T> call, String what) {
        try {
            return call.get();
        } catch (IndexOutOfBoundsException e) {
            throw new AssertionError(what + ": should be nothing, and threw " + e, e);
        }
    }
}
