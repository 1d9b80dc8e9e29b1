package storagelab.btree;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.codec.Crc32c;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.page.MetaPage;
import storagelab.page.PageLayout;

/**
 * The pages of a page file, for readers only: nothing is written, not even the record of the newest checkpoint, which {@link
 * storagelab.page.PageFile#open} writes once more. The file must not change while it is open.
 *
 * <p>Cost: a call of the operating system for each page that is not in the cache.
 *
 * <p>Concurrency: safe for many threads.
 */
final class ReadOnlyPages implements PageSource, Closeable {
    private static final int[] RECORD_OFFSETS = {0, 512};
    private static final int META_BYTES = 1024;

    private final StoreFile file;
    private final StatsRecorder stats;
    private final MetaPage meta;
    private final Cache<Integer, byte[]> cache;

    private ReadOnlyPages(StoreFile file, StatsRecorder stats, long cacheBytes) {
        this.file = file;
        this.stats = stats;
        MetaPage even = newest(0, 0);
        MetaPage odd = newest(1, even.pageSizeBytes());
        this.meta = odd.checkpoint() > even.checkpoint() ? odd : even;
        if (odd.pageSizeBytes() != even.pageSizeBytes()) {
            throw damaged(even.pageSizeBytes(), "meta page 1 with page size " + even.pageSizeBytes(), "another");
        }
        long sizeBytes = (long) meta.pageCount() * meta.pageSizeBytes();
        if (file.sizeBytes() < sizeBytes) {
            throw damaged(
                    file.sizeBytes(), meta.pageCount() + " pages, " + sizeBytes + " bytes", "the end of the file");
        }
        this.cache = CacheBuilder.newBuilder()
                .maximumSize(Math.max(1, cacheBytes / meta.pageSizeBytes()))
                .build();
    }

    /**
     * Opens a page file at its newest checkpoint.
     *
     * @throws CorruptionException if it is not a page file, or both records of a meta page are damaged, or it is too short
     * @throws StorageIoException if it was written by a newer program, or cannot be opened
     */
    static ReadOnlyPages open(Path path, StatsRecorder stats, long cacheBytes) {
        StoreFile file = StoreFile.openForReading(path, stats);
        try {
            return new ReadOnlyPages(file, stats, cacheBytes);
        } catch (RuntimeException | Error e) {
            try (file) {
                throw e;
            }
        }
    }

    /** What the newest checkpoint says. */
    MetaPage meta() {
        return meta;
    }

    /** The newest whole record of meta page {@code page}, which begins at {@code offset}. */
    private MetaPage newest(int page, long offset) {
        if (file.sizeBytes() < offset + META_BYTES) {
            throw damaged(offset, "meta page " + page, "the end of the file at byte " + file.sizeBytes());
        }
        byte[] bytes = file.read(offset, META_BYTES);
        for (int at : RECORD_OFFSETS) {
            int version = MetaPage.formatVersion(bytes, at).orElse(MetaPage.FORMAT_VERSION);
            if (version > MetaPage.FORMAT_VERSION) {
                String reason = "it was written by format version " + version + ", this program reads up to "
                        + MetaPage.FORMAT_VERSION;
                throw new StorageIoException("opening " + file.path(), new IOException(reason));
            }
        }
        return IntStream.of(RECORD_OFFSETS)
                .mapToObj(at -> MetaPage.decode(bytes, at))
                .flatMap(Optional::stream)
                .filter(record -> record.checkpoint() == 0 || MetaPage.pageOf(record.checkpoint()) == page)
                .max(Comparator.comparingLong(MetaPage::checkpoint))
                .orElseThrow(() -> damaged(
                        offset, "meta page " + page + " of a page file, with the record of a checkpoint", "none"));
    }

    @Override
    public int pageSizeBytes() {
        return meta.pageSizeBytes();
    }

    @Override
    public byte[] read(int page) {
        byte[] bytes = cache.getIfPresent(page);
        if (bytes == null) {
            bytes = readOnce(page);
            cache.put(page, bytes);
        }
        return bytes;
    }

    @Override
    public byte[] readOnce(int page) {
        long offset = (long) page * pageSizeBytes();
        if (page < PageLayout.META_PAGES || page >= meta.pageCount()) {
            throw damaged(offset, "a page of the " + meta.pageCount() + " of the checkpoint", "page " + page);
        }
        stats.increment(FileMetrics.BLOCKS_READ);
        byte[] bytes = file.read(offset, pageSizeBytes());
        int actual = Crc32c.of(bytes, PageLayout.NUMBER_OFFSET, bytes.length - PageLayout.NUMBER_OFFSET);
        if (actual != PageLayout.crc(bytes) || PageLayout.number(bytes) != page) {
            throw damaged(
                    offset,
                    "page %d with checksum %08x".formatted(page, PageLayout.crc(bytes)),
                    "page %d with checksum %08x".formatted(PageLayout.number(bytes), actual));
        }
        return bytes;
    }

    private CorruptionException damaged(long offset, String expected, String actual) {
        return new CorruptionException(file.path(), offset, expected, actual);
    }

    @Override
    public void close() {
        file.close();
    }
}
