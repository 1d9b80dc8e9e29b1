package storagelab.page;

import static storagelab.page.PageLayout.META_PAGES;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.codec.Crc32c;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * A file of pages of one size, numbered from 0. Page p begins at byte p · page size. Pages 0 and 1 are the meta pages;
 * every other page carries a checksum and its own number ({@link PageLayout}), so that no page is ever taken for what
 * it is not.
 *
 * <p>Example, pages of 4,096 bytes: page 7 is bytes 28,672 to 32,767. {@code write(7, bytes)} puts 7 into bytes 4 to 7
 * of the page and the checksum of its bytes 4 to 4,095 into bytes 0 to 3. {@code read(7)} gives the page back if both
 * are right. One bit turned over anywhere in it, or page 9 in its place, and it throws "tree.pages is damaged at byte
 * 28672: expected page 7 …".
 *
 * <h2>Meta pages</h2>
 *
 * <p>A {@link MetaPage} record says what the file holds as of one checkpoint. Checkpoint n goes to page n mod 2, so
 * that the one before it stays whole until the new one is on the disk. The record stands in its page <em>twice</em>, at
 * bytes 0 and 512, in two sectors. A disk writes a sector as a whole or not at all; so if the power fails in the
 * middle, each of the two is the old record or the new one. And if a sector is damaged, the other one is still there.
 *
 * <p>Of each page, the whole record with the larger checkpoint counts; of the two pages, the larger of those. A record
 * of a checkpoint greater than 0 that stands in the other one's page counts as damaged. If both records of a page are
 * damaged the file does not open, even if the other page is whole: the damaged one may have been the newer, and what it
 * said cannot be made up for.
 *
 * <p>Errors: {@link CorruptionException} with file, offset and the word "page" with the number of the page that is not
 * what was written; {@link StorageIoException} when the file system refuses. After a sync or a {@link #publish} failed
 * nobody knows what is on the disk, and trying again would only hide it: the operating system may have dropped what it
 * could not write. From then on both throw {@link StoreFailedException}. Writes go on, and reads, but not of the pages
 * that were written between the last sync that succeeded and the one that failed: what the operating system shows in
 * their place may be what was there before, a whole page with the right number and checksum. Such a read throws {@link
 * StorageIoException}, until the page is written again.
 *
 * <p>Cost: a read or write of a page is one call to the operating system; no copy of the page is kept.
 *
 * <p>Do the work with a {@link StoreFile}, which counts bytes and syncs. Count every page read as {@link
 * FileMetrics#BLOCKS_READ} and every page written as {@link FileMetrics#BLOCKS_WRITTEN}, meta pages not included.
 *
 * <p>Concurrency: reads and writes from many threads, if no two of them are about the same page; {@code sync}, {@code
 * publish} and {@code truncate} from one thread at a time, beside them.
 */
@Exercise(
        id = "4.4",
        title = "A file of pages that notices every changed bit",
        points = 9,
        difficulty = Difficulty.MEDIUM,
        hours = 4)
public final class PageFile implements Closeable {
    private static final int RUN_BYTES = 1 << 20;

    private final StoreFile file;
    private final StatsRecorder stats;
    private final int pageSizeBytes;
    private final Object runLock = new Object();
    private @Nullable ByteBuffer run; // guarded by runLock
    private final UnsyncedPages unsynced = new UnsyncedPages();
    private volatile MetaPage meta;
    private volatile @Nullable Throwable failure;

    private PageFile(StoreFile file, StatsRecorder stats, MetaPage meta) {
        this.file = file;
        this.stats = stats;
        this.pageSizeBytes = meta.pageSizeBytes();
        this.meta = meta;
    }

    /**
     * Makes a page file of two meta pages, both with the record of {@link MetaPage#empty}, and opens it. The file is
     * synced; the caller syncs the directory.
     *
     * <p>Whenever the power fails, there is then no file of this name or a whole one: it is written and synced under
     * its name with {@code .new} behind it, and renamed. What an interrupted creation left under that name is removed.
     *
     * @throws IllegalArgumentException if pages cannot have this size; see {@link PageLayout#isPageSize}
     * @throws StorageIoException if {@code file} exists, or cannot be created
     */
    public static PageFile create(Path file, int pageSizeBytes, StatsRecorder stats) {
        MetaPage empty = MetaPage.empty(pageSizeBytes);
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.deleteIfExists(unfinished);
            try (StoreFile made = StoreFile.create(unfinished, stats)) {
                ByteBuffer pages = ByteBuffer.allocate(META_PAGES * pageSizeBytes);
                for (int page = 0; page < META_PAGES; page++) {
                    pages.put(page * pageSizeBytes, MetaSectors.bytes(empty));
                }
                made.write(0, pages);
                made.sync();
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("creating " + file, e);
        }
        return new PageFile(StoreFile.openForWriting(file, stats), stats, empty);
    }

    /**
     * Opens a page file at its newest checkpoint.
     *
     * <p>That checkpoint may be in the operating system's memory only: a process may have died between writing it and
     * syncing it. So its record is written once more, in both places, and synced. From then on it can be built upon.
     *
     * @throws CorruptionException if it is not a page file; if both records of a meta page are damaged, or the two
     *     pages tell of different page sizes; if the file is shorter than the pages of its checkpoint
     * @throws StorageIoException if a record is whole and of a newer format version, with "was written by format
     *     version 2, this program reads up to 1" in the message; if the file cannot be opened
     */
    public static PageFile open(Path file, StatsRecorder stats) {
        StoreFile opened = StoreFile.openForWriting(file, stats);
        try {
            MetaPage even = MetaSectors.read(opened, 0, 0);
            MetaPage odd = MetaSectors.read(opened, 1, even.pageSizeBytes());
            if (odd.pageSizeBytes() != even.pageSizeBytes()) {
                throw new CorruptionException(
                        file,
                        even.pageSizeBytes(),
                        "meta page 1 with page size " + even.pageSizeBytes(),
                        "page size " + odd.pageSizeBytes());
            }
            PageFile pages = new PageFile(opened, stats, odd.checkpoint() > even.checkpoint() ? odd : even);
            pages.checkLength();
            pages.writeAndSync(pages.meta);
            return pages;
        } catch (RuntimeException | Error e) {
            try (opened) {
                throw e;
            }
        }
    }

    /** The file. */
    public Path path() {
        return file.path();
    }

    /** Size of every page. */
    public int pageSizeBytes() {
        return pageSizeBytes;
    }

    /** The newest checkpoint that is on the disk. */
    public MetaPage meta() {
        return meta;
    }

    /**
     * A page, in an array that nobody else has.
     *
     * <p>Cost: one {@link StoreFile#read} of the page.
     *
     * @throws CorruptionException with the offset of the page, if its checksum or its number is not right, or the file
     *     ends before it does
     * @throws IllegalArgumentException if it is a meta page or negative
     */
    public byte[] read(int page) {
        long offset = offsetOf(page);
        if (failure != null && unsynced.contains(page)) {
            String reason = "it was written before a sync that failed, and nobody knows what is on the disk now";
            throw new StorageIoException("reading page " + page + " of " + path(), new IOException(reason));
        }
        stats.increment(FileMetrics.BLOCKS_READ);
        byte[] bytes = readBytes(page, offset);
        int expected = PageLayout.crc(bytes);
        int actual = checksum(bytes);
        if (actual != expected) {
            throw new CorruptionException(
                    path(), offset, "page %d with checksum %08x".formatted(page, expected), "%08x".formatted(actual));
        }
        if (PageLayout.number(bytes) != page) {
            throw new CorruptionException(path(), offset, "page " + page, "page " + PageLayout.number(bytes));
        }
        return bytes;
    }

    /**
     * Writes a page to its place, after putting its number and checksum into {@code bytes}. The file grows if it ends
     * before.
     *
     * <p>Cost: one {@link StoreFile#write}.
     *
     * @throws IllegalArgumentException if it is a meta page or negative, or {@code bytes} is not one page
     */
    public void write(int page, byte[] bytes) {
        long offset = offsetOf(page);
        seal(page, bytes);
        beforeWrite(page, 1);
        file.write(offset, ByteBuffer.wrap(bytes));
        afterWrite(page, 1);
        stats.increment(FileMetrics.BLOCKS_WRITTEN);
    }

    /**
     * Writes neighbours: {@code pages} to {@code firstPage} and the places after it, each as {@link #write} does.
     *
     * <p>Cost: one {@link StoreFile#write} for every mebibyte, or part of one; a buffer of that size, which is kept.
     *
     * @throws IllegalArgumentException if one of them is a meta page or negative, or an array is not one page; nothing
     *     is written then
     */
    public void writeRun(int firstPage, List<byte[]> pages) {
        if (pages.size() == 1) {
            write(firstPage, pages.get(0)); // straight from its array
            return;
        }
        offsetOf(firstPage);
        for (int i = 0; i < pages.size(); i++) {
            seal(firstPage + i, pages.get(i));
        }
        beforeWrite(firstPage, pages.size());
        int pagesAtOnce = RUN_BYTES / pageSizeBytes;
        synchronized (runLock) {
            if (run == null) {
                run = ByteBuffer.allocateDirect(RUN_BYTES);
            }
            for (int from = 0; from < pages.size(); from += pagesAtOnce) {
                int to = Math.min(from + pagesAtOnce, pages.size());
                run.clear();
                pages.subList(from, to).forEach(run::put);
                run.flip();
                file.write(offsetOf(firstPage + from), run);
                stats.add(FileMetrics.BLOCKS_WRITTEN, to - from);
            }
        }
        afterWrite(firstPage, pages.size());
    }

    /**
     * Returns when every page that was written is on the disk.
     *
     * @throws StoreFailedException if an earlier sync or publish failed
     */
    public void sync() {
        runUnlessFailed(this::syncPages);
    }

    /**
     * Makes {@code next} the checkpoint of the file: writes its record, in both places, to page {@code
     * next.checkpoint()} mod 2, and syncs. When this returns, {@link #meta} is {@code next}, and the next open finds
     * it. If it throws, {@link #meta} is what it was, and the next open finds either.
     *
     * <p>The pages that {@code next} refers to must have been written <em>and synced</em> before, or a crash may leave
     * a record whose pages are missing. If the file is shorter than {@code next.pageCount()} pages, because the last of
     * them are free and were never written, it is made as long as that and synced first.
     *
     * <p>Cost: one {@link StoreFile#write}, one sync.
     *
     * @throws IllegalArgumentException if its checkpoint is not the one after {@link #meta}, or its page size is
     *     another
     * @throws StoreFailedException if an earlier sync or publish failed
     */
    public void publish(MetaPage next) {
        if (next.checkpoint() != meta.checkpoint() + 1 || next.pageSizeBytes() != pageSizeBytes) {
            throw new IllegalArgumentException(
                    "after checkpoint " + meta.checkpoint() + " with pages of " + pageSizeBytes
                            + " bytes comes the next one with pages of that size, not checkpoint " + next.checkpoint()
                            + " with pages of " + next.pageSizeBytes());
        }
        runUnlessFailed(() -> {
            long sizeBytes = (long) next.pageCount() * pageSizeBytes;
            if (file.sizeBytes() < sizeBytes) {
                file.write(sizeBytes - 1, ByteBuffer.allocate(1));
                syncPages();
            }
            writeAndSync(next);
            meta = next;
        });
    }

    /**
     * Cuts off what is behind the first {@code pageCount} pages, if there is something.
     *
     * @throws IllegalArgumentException if pages of the checkpoint would be lost
     */
    public void truncate(int pageCount) {
        if (pageCount < meta.pageCount()) {
            throw new IllegalArgumentException(
                    "the checkpoint has " + meta.pageCount() + " pages; " + pageCount + " are too few");
        }
        file.truncate((long) pageCount * pageSizeBytes);
    }

    /** Closes the file. What was not synced is in the operating system's hands. */
    @Override
    public void close() {
        file.close();
    }

    private byte[] readBytes(int page, long offset) {
        try {
            return file.read(offset, pageSizeBytes);
        } catch (CorruptionException e) { // says what is missing, but not which page that is
            throw new CorruptionException(
                    path(), offset, "page " + page + " of " + pageSizeBytes + " bytes", "the end of the file");
        }
    }

    private long offsetOf(int page) {
        if (page < META_PAGES) {
            throw new IllegalArgumentException(
                    "page " + page + " is no page to read or write: pages 0 and 1 are the meta"
                            + " pages, and there are no negative ones");
        }
        return (long) page * pageSizeBytes;
    }

    private void seal(int page, byte[] bytes) {
        if (bytes.length != pageSizeBytes) {
            throw new IllegalArgumentException(
                    "a page of " + path() + " has " + pageSizeBytes + " bytes, not " + bytes.length);
        }
        PageLayout.putInt(bytes, PageLayout.NUMBER_OFFSET, page);
        PageLayout.putInt(bytes, PageLayout.CRC_OFFSET, checksum(bytes));
    }

    private static int checksum(byte[] page) {
        return Crc32c.of(page, PageLayout.NUMBER_OFFSET, page.length - PageLayout.NUMBER_OFFSET);
    }

    private void runUnlessFailed(Runnable step) {
        Throwable earlier = failure;
        if (earlier != null) {
            throw new StoreFailedException(path().toString(), earlier);
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    private void beforeWrite(int firstPage, int count) {
        if (failure == null) {
            unsynced.add(firstPage, firstPage + count);
        }
    }

    /** Once a sync has failed, what is written is known, and what could not be written is not. */
    private void afterWrite(int firstPage, int count) {
        if (failure != null) {
            unsynced.remove(firstPage, firstPage + count);
        }
    }

    private void syncPages() {
        unsynced.beginSync();
        file.sync();
        unsynced.endSync();
    }

    private void writeAndSync(MetaPage record) {
        long offset = (long) MetaPage.pageOf(record.checkpoint()) * pageSizeBytes;
        file.write(offset, ByteBuffer.wrap(MetaSectors.bytes(record)));
        syncPages();
    }

    private void checkLength() {
        long sizeBytes = (long) meta.pageCount() * pageSizeBytes;
        if (file.sizeBytes() < sizeBytes) {
            throw new CorruptionException(
                    path(),
                    file.sizeBytes(),
                    meta.pageCount() + " pages, " + sizeBytes + " bytes",
                    "the end of the file: it was cut off");
        }
    }
}
