package storagelab.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.course.Solution;
import storagelab.file.StoreFile;

/** The part of a meta page that means something: one record, in two sectors. */
@Solution
final class MetaSectors {
    private static final int[] RECORD_OFFSETS = {0, 512};
    private static final int SIZE_BYTES = 1024;

    private MetaSectors() {}

    /** The bytes to write. */
    static byte[] bytes(MetaPage record) {
        byte[] bytes = new byte[SIZE_BYTES];
        for (int offset : RECORD_OFFSETS) {
            System.arraycopy(record.encode(), 0, bytes, offset, MetaPage.RECORD_BYTES);
        }
        return bytes;
    }

    /** The newest whole record of meta page {@code page}, which begins at {@code offset}. */
    static MetaPage read(StoreFile file, int page, long offset) {
        if (file.sizeBytes() < offset + SIZE_BYTES) {
            throw new CorruptionException(
                    file.path(), offset, "meta page " + page, "the end of the file at byte " + file.sizeBytes());
        }
        byte[] bytes = file.read(offset, SIZE_BYTES);
        List<MetaPage> records = new ArrayList<>();
        for (int at : RECORD_OFFSETS) {
            checkFormatVersion(file.path(), MetaPage.formatVersion(bytes, at).orElse(MetaPage.FORMAT_VERSION));
            MetaPage.decode(bytes, at)
                    .filter(record -> record.checkpoint() == 0 || MetaPage.pageOf(record.checkpoint()) == page)
                    .ifPresent(records::add);
        }
        return records.stream()
                .max(Comparator.comparingLong(MetaPage::checkpoint))
                .orElseThrow(() -> new CorruptionException(
                        file.path(),
                        offset,
                        "meta page " + page + " of a page file, with the record of a checkpoint",
                        hasMagic(bytes) ? "two damaged records" : "something else"));
    }

    private static void checkFormatVersion(Path file, int version) {
        if (version > MetaPage.FORMAT_VERSION) {
            String reason = "it was written by format version " + version + ", this program reads up to "
                    + MetaPage.FORMAT_VERSION;
            throw new StorageIoException("opening " + file, new IOException(reason));
        }
    }

    private static boolean hasMagic(byte[] bytes) {
        for (int offset : RECORD_OFFSETS) {
            if (PageLayout.getLong(bytes, offset) == MetaPage.MAGIC) {
                return true;
            }
        }
        return false;
    }
}
