package storagelab.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.codec.Crc32c;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;

@Tag("4.4")
class PageFileTest {
    private static final int SIZE = 1024;

    private final CrashDisk disk = CrashDisk.create();
    private final Path path = disk.root().resolve("tree.pages");
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("the record of a meta page is, byte for byte, the one of the worked example")
    void goldenRecord() {
        byte[] golden = PageFormatExamples.bytes(PageFormatExamples.META_RECORD);
        MetaPage meta = new MetaPage(SIZE, 1, 17, 5, 9, 4, 2, 1, 300);
        assertThat("encode()", meta.encode(), sameBytesAs(golden));
        assertThat("decode of these bytes", MetaPage.decode(golden, 0), is(Optional.of(meta)));
        byte[] shifted = new byte[700];
        System.arraycopy(golden, 0, shifted, 512, golden.length);
        assertThat("decode at offset 512", MetaPage.decode(shifted, 512), is(Optional.of(meta)));
        assertThat("decode at offset 0, where zeros are", MetaPage.decode(shifted, 0), is(Optional.empty()));
    }

    @Test
    @DisplayName("a record with one bit changed is none, one of a newer format says so")
    void otherRecords() {
        byte[] golden = PageFormatExamples.bytes(PageFormatExamples.META_RECORD);
        for (int bit = 0; bit < 8 * golden.length; bit++) {
            byte[] damaged = golden.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            String what = "a record with bit " + bit % 8 + " of byte " + bit / 8 + " turned over";
            assertThat("decode of " + what, MetaPage.decode(damaged, 0), is(Optional.empty()));
            OptionalInt version = bit < 8 * MetaPage.HEAD_BYTES ? OptionalInt.empty() : OptionalInt.of(2);
            assertThat("formatVersion of " + what, MetaPage.formatVersion(damaged, 0), is(version));
        }
        byte[] newer = newerRecord(golden);
        assertThat("formatVersion of a record of version 3", MetaPage.formatVersion(newer, 0), is(OptionalInt.of(3)));
        assertThat("decode of a record of version 3", MetaPage.decode(newer, 0), is(Optional.empty()));
        assertThat("a record that is cut off", MetaPage.decode(golden, 1), is(Optional.empty()));
    }

    @Test
    @DisplayName("a record of format version 1 has no log position, and is read with 0")
    void withoutLogPosition() {
        MetaPage meta = new MetaPage(SIZE, 1, 17, 5, 9, 4, 2, 1);
        byte[] record = Arrays.copyOf(meta.encode(), MetaPage.HEAD_BYTES);
        record[MetaPage.FORMAT_VERSION_OFFSET] = 1;
        PageLayout.putInt(record, 56, Crc32c.of(record, 0, 56));
        assertThat("decode of version 1", MetaPage.decode(record, 0), is(Optional.of(meta)));
        assertThat("formatVersion", MetaPage.formatVersion(record, 0), is(OptionalInt.of(1)));
    }

    @Test
    @DisplayName("a new file has two meta pages with the empty checkpoint in both sectors, and opens")
    void newFile() throws IOException {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            assertThat("meta() of a new file", file.meta(), is(MetaPage.empty(SIZE)));
            assertThat("pageSizeBytes()", file.pageSizeBytes(), is(SIZE));
        }
        byte[] bytes = Files.readAllBytes(path);
        assertThat("size of a new file", bytes.length, is(2 * SIZE));
        for (int offset : new int[] {0, 512, SIZE, SIZE + 512}) {
            assertThat(
                    "the record at byte " + offset,
                    Arrays.copyOfRange(bytes, offset, offset + MetaPage.RECORD_BYTES),
                    sameBytesAs(MetaPage.empty(SIZE).encode()));
        }
        try (PageFile file = PageFile.open(path, stats)) {
            assertThat("meta() of a new file that was opened", file.meta(), is(MetaPage.empty(SIZE)));
        }
        assertThrows(
                StorageIoException.class,
                () -> PageFile.create(path, SIZE, stats).close(),
                "create where there is a file");
        assertThrows(
                IllegalArgumentException.class,
                () -> PageFile.create(path, 1000, stats).close(),
                "create with pages of 1000 bytes");
    }

    @Test
    @DisplayName(
            "pages come back as they were written: one by one, in runs, in any order, each with its number and checksum")
    void pagesComeBack() throws IOException {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            for (int page : new int[] {7, 3, 4}) {
                file.write(page, page(page));
            }
            file.writeRun(8, List.of(page(8), page(9), page(10)));
            for (int page : new int[] {3, 4, 7, 8, 9, 10}) {
                byte[] bytes = file.read(page);
                assertThat(
                        "page " + page,
                        Arrays.copyOfRange(bytes, 8, SIZE),
                        sameBytesAs(Arrays.copyOfRange(page(page), 8, SIZE)));
                assertThat("the number in page " + page, PageLayout.number(bytes), is(page));
                assertThat("the checksum in page " + page, PageLayout.crc(bytes), is(Crc32c.of(bytes, 4, SIZE - 4)));
            }
        }
        assertThat("size of a file whose last page is 10", Files.size(path), is(11L * SIZE));
    }

    @Test
    @DisplayName("a read is one read of a page; a write one write; a run of neighbours one write for each mebibyte")
    void costs() {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            long written = stats.get(FileMetrics.BYTES_WRITTEN);
            DiskCounters before = disk.counters();
            file.write(5, page(5));
            assertThat("writes for a page", disk.counters().since(before).writes(), is(1L));
            assertThat("BYTES_WRITTEN for a page", stats.get(FileMetrics.BYTES_WRITTEN) - written, is((long) SIZE));

            before = disk.counters();
            file.read(5);
            assertThat("reads for a page", disk.counters().since(before).reads(), is(1L));
            assertThat("bytes read for a page", disk.counters().since(before).bytesRead(), is((long) SIZE));
            assertThat("BLOCKS_READ", stats.get(FileMetrics.BLOCKS_READ), is(1L));

            before = disk.counters();
            file.writeRun(6, IntStream.range(6, 1536).mapToObj(this::page).toList());
            assertThat(
                    "writes for 1,530 neighbours of 1 KiB",
                    disk.counters().since(before).writes(),
                    is(2L));
            assertThat("BLOCKS_WRITTEN", stats.get(FileMetrics.BLOCKS_WRITTEN), is(1531L));
            assertThat("page 1535", PageLayout.number(file.read(1535)), is(1535));
        }
    }

    @Test
    @DisplayName(
            "a page with a changed bit, or in the place of another, or cut off, is damage that names file and page")
    void damagedPages() throws IOException {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            file.write(7, page(7));
            file.write(8, page(8));
            for (int bit = 0; bit < 8 * SIZE; bit += 13) {
                disk.faults().flipBit(path, 7 * SIZE + bit / 8, bit % 8);
                assertThat(
                        "read(7) with bit " + bit % 8 + " of its byte " + bit / 8 + " turned over",
                        () -> file.read(7),
                        findsDamageIn("tree.pages", 7 * SIZE, 7 * SIZE));
                disk.faults().flipBit(path, 7 * SIZE + bit / 8, bit % 8);
            }
            byte[] all = Files.readAllBytes(path);
            System.arraycopy(all, 8 * SIZE, all, 7 * SIZE, SIZE);
            Files.write(path, all);
            CorruptionException misplaced =
                    assertThrows(CorruptionException.class, () -> file.read(7), "read(7) where a copy of page 8 is");
            assertThat("what it says", misplaced.getMessage(), containsString("page 7"));
            CorruptionException missing =
                    assertThrows(CorruptionException.class, () -> file.read(9), "read(9) of a file of 9 pages");
            assertThat("what it says", missing.getMessage(), containsString("page 9"));
        }
    }

    @Test
    @DisplayName("checkpoints go to the two meta pages in turn, twice each, and open finds the newest")
    void checkpointsInTurn() throws IOException {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
                DiskCounters before = disk.counters();
                file.publish(meta(checkpoint));
                DiskCounters cost = disk.counters().since(before);
                assertThat("writes to publish a checkpoint", cost.writes(), is(1L));
                assertThat("syncs to publish a checkpoint", cost.syncs(), is(1L));
                assertThat("meta()", file.meta(), is(meta(checkpoint)));
            }
            assertThrows(IllegalArgumentException.class, () -> file.publish(meta(3)), "publish of checkpoint 3 again");
            assertThrows(
                    IllegalArgumentException.class, () -> file.publish(meta(5)), "publish of checkpoint 5 after 3");
        }
        byte[] bytes = Files.readAllBytes(path);
        for (int offset : new int[] {0, 512, SIZE, SIZE + 512}) {
            assertThat(
                    "the record at byte " + offset,
                    MetaPage.decode(bytes, offset),
                    is(Optional.of(meta(offset < SIZE ? 2 : 3))));
        }
        try (PageFile file = PageFile.open(path, stats)) {
            assertThat("meta() after opening", file.meta(), is(meta(3)));
        }
    }

    @Test
    @DisplayName("one damaged record is no loss and is repaired; two of one page are, even of the older page")
    void damagedMetaPages() throws IOException {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            file.publish(meta(1));
        }
        disk.faults().flipBit(path, SIZE + 20, 0);
        try (PageFile file = PageFile.open(path, stats)) {
            assertThat("meta() with one of two records damaged", file.meta(), is(meta(1)));
        }
        assertThat(
                "the record that was damaged, after opening",
                MetaPage.decode(Files.readAllBytes(path), SIZE),
                is(Optional.of(meta(1))));
        disk.faults().flipBit(path, 20, 0);
        disk.faults().flipBit(path, 532, 0);
        assertThat("opening with both records of page 0 damaged", this::opened, findsDamageIn("tree.pages", 0, 0));
    }

    @Test
    @DisplayName("a newer format, something else, and a file that was cut off are told apart")
    void otherFiles() throws IOException {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            for (int page = 2; page < 6; page++) {
                file.write(page, page(page));
            }
            file.publish(new MetaPage(SIZE, 1, 1, 5, 6, 0, 1, 1));
        }
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, 5 * SIZE));
        assertThat("a file of 6 pages cut to 5", this::opened, findsDamageIn("tree.pages"));
        Files.write(path, new byte[5000]);
        assertThat("a file of zeros", this::opened, findsDamageIn("tree.pages"));
        Files.write(path, new byte[0]);
        assertThat("an empty file", this::opened, findsDamageIn("tree.pages"));
        byte[] newer = newerRecord(Arrays.copyOf(whole, MetaPage.RECORD_BYTES));
        System.arraycopy(newer, 0, whole, 0, newer.length);
        Files.write(path, whole);
        StorageIoException e = assertThrows(StorageIoException.class, this::opened, "a record of format version 3");
        assertThat(
                "what it says",
                e.getMessage(),
                containsString("was written by format version 3, this program reads up to 2"));
    }

    @Test
    @DisplayName(
            "after a sync that failed there is none that succeeds, until the file is opened again; reads and writes go on")
    void failedSync() {
        PageFile file = PageFile.create(path, SIZE, stats);
        file.write(3, page(3));
        file.sync();
        file.write(4, page(4));
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(StorageIoException.class, file::sync, "the sync that the disk fails");
        assertThat("page 3, synced before", PageLayout.number(file.read(3)), is(3));
        assertThrows(StorageIoException.class, () -> file.read(4), "page 4, which nobody knows is on the disk");
        assertThrows(StoreFailedException.class, file::sync, "the sync after one that failed");
        assertThrows(StoreFailedException.class, () -> file.publish(meta(1)), "a publish after a sync that failed");
        assertThat("meta() after a publish that was refused", file.meta(), is(MetaPage.empty(SIZE)));
        file.write(2, page(2));
        assertThat("page 2, written after that", PageLayout.number(file.read(2)), is(2));
        file.close();
        try (PageFile reopened = PageFile.open(path, stats)) {
            reopened.sync();
        }
    }

    @Test
    @DisplayName("truncate gives back what is behind the last page, and no page of the checkpoint")
    void truncates() throws IOException {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            file.write(9, page(9));
            file.publish(new MetaPage(SIZE, 1, 1, 0, 4, 0, 0, 0));
            assertThrows(
                    IllegalArgumentException.class, () -> file.truncate(3), "truncate(3) of a checkpoint of 4 pages");
            file.truncate(4);
            assertThat("size after truncate(4)", Files.size(path), is(4L * SIZE));
        }
    }

    @Test
    @DisplayName("a thread that is interrupted closes the file for nobody")
    void interrupted() {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            Thread.currentThread().interrupt();
            file.write(2, page(2));
            file.read(2);
            file.publish(meta(1));
            assertThat("whether the thread is still interrupted", Thread.interrupted(), is(true));
        }
    }

    private String opened() {
        try (PageFile file = PageFile.open(path, stats)) {
            return "a file with " + file.meta();
        }
    }

    private static MetaPage meta(long checkpoint) {
        return new MetaPage(SIZE, checkpoint, 10 * checkpoint, 0, 2, 0, 0, 0);
    }

    private static byte[] newerRecord(byte[] record) {
        byte[] newer = record.clone();
        newer[MetaPage.FORMAT_VERSION_OFFSET] = 3;
        PageLayout.putInt(newer, 56, Crc32c.of(newer, 0, 56));
        return newer;
    }

    private byte[] page(int seed) {
        byte[] page = PageLayout.newPage(SIZE, PageLayout.LEAF, 1);
        byte[] content = new byte[SIZE - PageLayout.HEAD_BYTES];
        new Random(seed).nextBytes(content);
        System.arraycopy(content, 0, page, PageLayout.HEAD_BYTES, content.length);
        return page;
    }
}
