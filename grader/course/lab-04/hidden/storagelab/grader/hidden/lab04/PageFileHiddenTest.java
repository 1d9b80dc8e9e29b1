package storagelab.grader.hidden.lab04;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab04.PageBytes.SIZE;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.SurvivalMode;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.page.MetaPage;
import storagelab.page.PageFile;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 4.4: pages are written to their places, and read back or found damaged. */
@Tag("4.4")
class PageFileHiddenTest {
    private static final String NAME = "tree.pages";

    private final CrashDisk disk = CrashDisk.create();
    private final Path path = disk.root().resolve(NAME);
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("pages of every size from 1 to 64 KiB stand in the file where they belong, sealed, and come back")
    void everyPageSize() throws IOException {
        for (int size = 1 << 10; size <= 64 << 10; size *= 2) {
            Files.deleteIfExists(path);
            Step.at("pages 2, 3 and 5 of a file with pages of " + size + " bytes, written and read");
            try (PageFile file = PageFile.create(path, size, stats)) {
                assertEquals(size, file.pageSizeBytes(), "pageSizeBytes()");
                assertEquals(path, file.path(), "path()");
                file.write(5, PageBytes.leaf(size, 5));
                file.writeRun(2, List.of(PageBytes.leaf(size, 2), PageBytes.leaf(size, 3)));
                byte[] all = PageBytes.read(path);
                for (int page : new int[] {2, 3, 5}) {
                    byte[] expected = PageBytes.sealed(PageBytes.leaf(size, page), page);
                    String what = "page " + page + " of " + size + " bytes";
                    assertThat(what + " in the file", PageBytes.cut(all, page * size, size), sameBytesAs(expected));
                    assertThat(what + " read back", file.read(page), sameBytesAs(expected));
                }
            }
        }
    }

    @Test
    @DisplayName("pages have no other size: not 512, 1000, 3072 or 128 KiB, and no file is made for it")
    void otherPageSizes() {
        for (int size : new int[] {0, -4096, 512, 1000, 3072, 4097, 128 << 10}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> PageFile.create(path, size, stats).close(),
                    "pages of " + size + " bytes");
            assertTrue(Files.notExists(path), "a file was made for pages of " + size + " bytes");
        }
    }

    @Test
    @DisplayName("whatever is written, overwritten and read, alone or in runs, a page is what was written to it last")
    void randomHistory() {
        Seeds.check(10, random -> {
            Files.deleteIfExists(path);
            Map<Integer, byte[]> model = new HashMap<>();
            PageFile file = PageFile.create(path, SIZE, stats);
            for (int step = 0; step < 300; step++) {
                int first = 2 + random.nextInt(40);
                int count = random.nextInt(4) == 0 ? random.nextInt(8) : 1;
                List<byte[]> run = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    byte[] page = PageBytes.leaf(SIZE, random.nextLong());
                    model.put(first + i, PageBytes.sealed(page, first + i));
                    run.add(page);
                }
                if (count == 1) {
                    file.write(first, run.get(0));
                } else {
                    file.writeRun(first, run);
                }
                if (random.nextInt(60) == 0) {
                    file.close();
                    file = PageFile.open(path, stats);
                }
                int wanted = 2 + random.nextInt(48);
                if (model.containsKey(wanted)) {
                    assertThat("page " + wanted, file.read(wanted), sameBytesAs(model.get(wanted)));
                }
            }
            file.close();
        });
    }

    @Test
    @DisplayName("a page beyond the first two gigabytes stands where it belongs")
    void farPages() throws IOException {
        try (PageFile file = PageFile.create(path, 64 << 10, stats)) {
            Step.at("pages 70,000 to 70,002 of a file with pages of 64 KiB, written and read");
            int far = 70_000; // at 64 KiB a page: byte 4,587,520,000
            file.write(far, PageBytes.leaf(64 << 10, 1));
            file.writeRun(far + 1, List.of(PageBytes.leaf(64 << 10, 2), PageBytes.leaf(64 << 10, 3)));
            assertEquals(70_003L << 16, Files.size(path), "size of a file whose last page is 70,002, of 64 KiB each");
            for (int i = 0; i < 3; i++) {
                byte[] expected = PageBytes.sealed(PageBytes.leaf(64 << 10, i + 1), far + i);
                assertThat("page " + (far + i), file.read(far + i), sameBytesAs(expected));
            }
            file.publish(new MetaPage(64 << 10, 1, 1, 0, far + 10, 0, 0, 0));
            assertEquals(70_010L << 16, Files.size(path), "size after a checkpoint of 70,010 pages of 64 KiB");
            file.truncate(far + 15);
            assertEquals(70_010L << 16, Files.size(path), "size after truncate(70,015) of 70,010 pages");
            file.write(far + 20, PageBytes.leaf(64 << 10, 4));
            file.truncate(far + 12);
            assertEquals(70_012L << 16, Files.size(path), "size after truncate(70,012) of 70,021 pages");
        }
        try (PageFile file = PageFile.open(path, stats)) {
            assertEquals(70_010, file.meta().pageCount(), "pages of the checkpoint, the file being opened again");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(69_000L << 16);
        }
        assertThat(
                "a file of 69,000 pages of 64 KiB whose checkpoint has 70,010",
                () -> PageFile.open(path, stats),
                findsDamageIn(NAME));
    }

    @Test
    @DisplayName("writing seals the array that it is given; reading gives an array that nobody else has")
    void arrays() {
        try (PageFile file = newFile()) {
            Step.at("page 3, written and read twice");
            byte[] bytes = PageBytes.leaf(SIZE, 1);
            file.write(3, bytes);
            assertThat("the array after write", bytes, sameBytesAs(PageBytes.sealed(bytes, 3)));
            byte[] first = file.read(3);
            first[500]++;
            assertThat("page 3, after somebody changed the array of an earlier read", file.read(3), sameBytesAs(bytes));
        }
    }

    @Test
    @DisplayName(
            "meta pages and negative ones cannot be read or written, nor arrays that are not a page; nothing is written")
    void callerErrors() {
        try (PageFile file = newFile()) {
            byte[] before = PageBytes.read(path);
            byte[] page = PageBytes.leaf(SIZE, 1);
            for (int number : new int[] {0, 1, -1, Integer.MIN_VALUE}) {
                assertThrows(IllegalArgumentException.class, () -> file.read(number), "read(" + number + ")");
                assertThrows(
                        IllegalArgumentException.class, () -> file.write(number, page), "write(" + number + ", …)");
                assertThrows(
                        IllegalArgumentException.class,
                        () -> file.writeRun(number, List.of(page, page)),
                        "writeRun(" + number + ", …)");
            }
            byte[] small = new byte[SIZE - 1];
            byte[] large = new byte[2 * SIZE];
            assertThrows(IllegalArgumentException.class, () -> file.write(2, small), "write of 1,023 bytes");
            assertThrows(IllegalArgumentException.class, () -> file.write(2, large), "write of 2,048 bytes");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> file.writeRun(2, List.of(page, small)),
                    "writeRun with an array of 1,023 bytes");
            List<byte[]> longRun = new ArrayList<>();
            for (int i = 0; i < 1_500; i++) {
                longRun.add(i < 1_400 ? PageBytes.leaf(SIZE, i) : small);
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> file.writeRun(2, longRun),
                    "writeRun of 1,400 pages and, in its second mebibyte, an array of 1,023 bytes");
            assertThat("the file after calls that were refused", PageBytes.read(path), sameBytesAs(before));
        }
    }

    @Test
    @DisplayName("a page costs one call to the operating system, a run one for each mebibyte, and all of it is counted")
    void costs() {
        try (PageFile file = PageFile.create(path, 4096, stats)) {
            DiskCounters start = disk.counters();
            long bytesWritten = stats.get(FileMetrics.BYTES_WRITTEN);
            for (int page = 2; page < 12; page++) {
                file.write(page, PageBytes.leaf(4096, page));
            }
            assertEquals(10, disk.counters().since(start).writes(), "writes for 10 pages, one by one");
            assertEquals(10, stats.get(FileMetrics.BLOCKS_WRITTEN), "BLOCKS_WRITTEN after 10 pages");
            assertEquals(
                    10 * 4096, stats.get(FileMetrics.BYTES_WRITTEN) - bytesWritten, "BYTES_WRITTEN after 10 pages");
            for (int count : new int[] {1, 2, 255, 256, 257, 600}) {
                DiskCounters before = disk.counters();
                long blocks = stats.get(FileMetrics.BLOCKS_WRITTEN);
                file.writeRun(
                        20,
                        IntStream.range(0, count)
                                .mapToObj(i -> PageBytes.leaf(4096, i))
                                .toList());
                DiskCounters cost = disk.counters().since(before);
                assertEquals((count + 255) / 256, cost.writes(), "writes for a run of " + count + " pages of 4 KiB");
                assertEquals(4096L * count, cost.bytesWritten(), "bytes written for a run of " + count + " pages");
                assertEquals(
                        count, stats.get(FileMetrics.BLOCKS_WRITTEN) - blocks, "BLOCKS_WRITTEN for a run of " + count);
            }
            assertEquals(
                    10 + 1371,
                    stats.get(FileMetrics.BLOCKS_WRITTEN),
                    "BLOCKS_WRITTEN of all pages, meta pages left out");
            DiskCounters before = disk.counters();
            for (int page = 2; page < 12; page++) {
                file.read(page);
            }
            DiskCounters cost = disk.counters().since(before);
            assertEquals(10, cost.reads(), "reads for 10 pages");
            assertEquals(10 * 4096, cost.bytesRead(), "bytes read for 10 pages");
            assertEquals(10, stats.get(FileMetrics.BLOCKS_READ), "BLOCKS_READ after 10 pages");
            assertEquals(0, disk.counters().since(start).syncs(), "syncs that nobody asked for");
        }
    }

    @Test
    @DisplayName("a run costs one call for each mebibyte whatever the size of its pages")
    void costsOfRuns() throws IOException {
        for (int size = 1 << 10; size <= 64 << 10; size *= 4) {
            int inMebibyte = (1 << 20) / size;
            int pageBytes = size;
            Files.deleteIfExists(path);
            try (PageFile file = PageFile.create(path, size, stats)) {
                for (int count : new int[] {inMebibyte, inMebibyte + 1, 2 * inMebibyte + 1}) {
                    DiskCounters before = disk.counters();
                    file.writeRun(
                            2,
                            IntStream.range(0, count)
                                    .mapToObj(i -> PageBytes.leaf(pageBytes, i))
                                    .toList());
                    assertEquals(
                            (count + inMebibyte - 1) / inMebibyte,
                            disk.counters().since(before).writes(),
                            "writes for a run of " + count + " pages of " + size + " bytes");
                }
            }
        }
    }

    @Test
    @DisplayName("every bit that changes in a page is found by reading it, with file, offset and page")
    void everyBit() {
        try (PageFile file = newFile()) {
            file.write(3, PageBytes.leaf(SIZE, 3));
            byte[] whole = PageBytes.read(path);
            for (int bit = 0; bit < 8 * SIZE; bit++) {
                PageBytes.write(path, PageBytes.flipped(whole, 8 * 3 * SIZE + bit));
                assertThat(
                        "page 3 with bit " + bit % 8 + " of its byte " + bit / 8 + " turned over",
                        () -> file.read(3),
                        findsDamageIn(NAME, 3 * SIZE, 3 * SIZE));
            }
            CorruptionException e = assertThrows(CorruptionException.class, () -> file.read(3), "a damaged page 3");
            assertTrue(
                    String.valueOf(e.getMessage()).contains("page 3"),
                    "the message should name page 3, and is: " + e.getMessage());
        }
    }

    @Test
    @DisplayName("a page in the place of another, a page of zeros, and one that is cut off are found, and named")
    void misplacedPages() {
        try (PageFile file = newFile()) {
            file.writeRun(3, List.of(PageBytes.leaf(SIZE, 3), PageBytes.leaf(SIZE, 4)));
            byte[] whole = PageBytes.read(path);
            Map<String, byte[]> wrong = Map.of(
                    "a copy of page 4", PageBytes.patched(whole, 3 * SIZE, PageBytes.cut(whole, 4 * SIZE, SIZE)),
                    "zeros", PageBytes.patched(whole, 3 * SIZE, new byte[SIZE]),
                    "a meta page", PageBytes.patched(whole, 3 * SIZE, PageBytes.cut(whole, 0, SIZE)),
                    "only 1,023 bytes", PageBytes.cut(whole, 0, 4 * SIZE - 1),
                    "nothing", PageBytes.cut(whole, 0, 3 * SIZE));
            wrong.forEach((what, bytes) -> {
                PageBytes.write(path, bytes);
                assertThat(
                        "read(3) where " + what + " is in its place",
                        () -> file.read(3),
                        findsDamageIn(NAME, 3 * SIZE, 3 * SIZE));
                CorruptionException e = assertThrows(CorruptionException.class, () -> file.read(3), what);
                assertTrue(
                        String.valueOf(e.getMessage()).contains("page 3"),
                        what + ": the message should name page 3, and is: " + e.getMessage());
            });
        }
    }

    @Test
    @DisplayName("a disk that moves fewer bytes than asked loses nothing, and one that fails is no damage")
    void shortAndFailedTransfers() {
        try (PageFile file = newFile()) {
            disk.faults().transferShort(DiskCall.WRITE, Seeds.base());
            disk.faults().transferShort(DiskCall.READ, Seeds.base());
            file.writeRun(
                    2,
                    IntStream.range(2, 20)
                            .mapToObj(i -> PageBytes.leaf(SIZE, i))
                            .toList());
            for (int page = 2; page < 20; page++) {
                byte[] expected = PageBytes.sealed(PageBytes.leaf(SIZE, page), page);
                assertThat("page " + page + ", moved in pieces", file.read(page), sameBytesAs(expected));
            }
            disk.faults().clear();
            disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(StorageIoException.class, () -> file.read(5), "read(5) when the disk fails");
            disk.faults().failOnce(DiskCall.WRITE, 1);
            assertThrows(
                    StorageIoException.class,
                    () -> file.write(5, PageBytes.leaf(SIZE, 50)),
                    "write when the disk fails");
            file.write(5, PageBytes.leaf(SIZE, 51));
            assertThat(
                    "page 5, when the disk works again",
                    file.read(5),
                    sameBytesAs(PageBytes.sealed(PageBytes.leaf(SIZE, 51), 5)));
            file.sync();
        }
    }

    @Test
    @DisplayName("threads that read and write different pages at once do not disturb each other")
    void manyThreads() throws InterruptedException {
        try (PageFile file = newFile();
                Crew crew = new Crew()) {
            for (int thread = 0; thread < 4; thread++) {
                int first = 2 + 10 * thread;
                crew.start("thread-" + thread, () -> {
                    Random random = new Random(Seeds.base() + first);
                    for (int step = 0; step < 300; step++) {
                        int page = first + random.nextInt(8);
                        byte[] bytes = PageBytes.leaf(SIZE, random.nextLong());
                        if (random.nextBoolean()) {
                            file.write(page, bytes);
                        } else {
                            file.writeRun(page, List.of(bytes, PageBytes.leaf(SIZE, step)));
                        }
                        assertThat("page " + page, file.read(page), sameBytesAs(PageBytes.sealed(bytes, page)));
                    }
                });
            }
            crew.join();
        }
    }

    @Test
    @DisplayName("an interrupted thread reads, writes and syncs, is still interrupted, and takes the file from nobody")
    void interrupts() {
        try (PageFile file = newFile()) {
            Thread.currentThread().interrupt();
            file.write(2, PageBytes.leaf(SIZE, 2));
            file.read(2);
            file.sync();
            assertTrue(Thread.interrupted(), "the thread is not interrupted any more");
            file.read(2);
        }
    }

    @Test
    @DisplayName("sync puts the pages that were written on the disk")
    void syncs() {
        try (PageFile file = newFile()) {
            disk.syncAll();
            file.write(2, PageBytes.leaf(SIZE, 2));
            file.sync();
            CrashDisk after = disk.afterCrash(SurvivalMode.NOTHING, 0);
            try (PageFile recovered = PageFile.open(after.root().resolve(NAME), stats)) {
                assertThat(
                        "page 2 after a crash behind sync",
                        recovered.read(2),
                        sameBytesAs(PageBytes.sealed(PageBytes.leaf(SIZE, 2), 2)));
            }
        }
    }

    @Test
    @DisplayName(
            "truncate cuts at the page that it is told, never below the checkpoint; more than there is changes nothing")
    void truncates() throws IOException {
        try (PageFile file = newFile()) {
            file.write(20, PageBytes.leaf(SIZE, 20));
            file.publish(new MetaPage(SIZE, 1, 1, 0, 10, 0, 0, 0));
            assertThrows(IllegalArgumentException.class, () -> file.truncate(9), "truncate(9) of 10 pages");
            file.truncate(30);
            assertEquals(21L * SIZE, Files.size(path), "size after truncate(30) of 21 pages");
            file.truncate(12);
            assertEquals(12L * SIZE, Files.size(path), "size after truncate(12)");
            file.truncate(10);
            assertEquals(10L * SIZE, Files.size(path), "size after truncate(10)");
            file.write(11, PageBytes.leaf(SIZE, 11));
            assertThat(
                    "page 11, written after it was cut off",
                    file.read(11),
                    sameBytesAs(PageBytes.sealed(PageBytes.leaf(SIZE, 11), 11)));
        }
    }

    @Test
    @DisplayName("no file is left open: not by close, not by an open or create that failed")
    void closes() {
        newFile().close();
        assertEquals(0, disk.openFiles(), "files open after close");
        assertThrows(
                StorageException.class, () -> PageFile.create(path, SIZE, stats).close(), "create where a file is");
        assertEquals(0, disk.openFiles(), "files open after a create that failed");
        PageBytes.write(path, new byte[3000]);
        assertThrows(StorageException.class, () -> PageFile.open(path, stats).close(), "open of zeros");
        assertEquals(0, disk.openFiles(), "files open after an open that failed");
        assertThrows(
                StorageIoException.class,
                () -> PageFile.open(disk.root().resolve("missing"), stats).close(),
                "open of a file that is not there");
    }

    @Test
    @DisplayName("whichever call fails in a create or an open, no file is left open")
    void closesAfterFailures() throws IOException {
        for (DiskCall call : List.of(DiskCall.READ, DiskCall.WRITE, DiskCall.SYNC, DiskCall.METADATA)) {
            int failures = 1;
            for (int nth = 1; failures > 0; nth++) {
                Files.deleteIfExists(path);
                failures = failsAt(call, nth, "create", () -> newFile().close());
                disk.faults().clear();
                Files.deleteIfExists(path);
                newFile().close();
                failures += failsAt(
                        call, nth, "open", () -> PageFile.open(path, stats).close());
                disk.faults().clear();
            }
        }
    }

    /** 1 if {@code task} fails when a call does, which must leave no file open; 0 if it makes fewer such calls. */
    private int failsAt(DiskCall call, int nth, String what, Runnable task) {
        disk.faults().failOnce(call, nth);
        try {
            task.run();
            return 0;
        } catch (StorageException e) {
            assertEquals(0, disk.openFiles(), "files open after " + what + " whose " + call + " " + nth + " failed");
            return 1;
        }
    }

    private PageFile newFile() {
        return PageFile.create(path, SIZE, stats);
    }
}
