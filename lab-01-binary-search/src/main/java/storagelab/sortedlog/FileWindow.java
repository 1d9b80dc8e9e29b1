package storagelab.sortedlog;

import storagelab.api.Slice;
import storagelab.file.StoreFile;

/**
 * Reads a file through a window of memory: slices at any offset, each byte read about once when the offsets ascend.
 *
 * <p>Concurrency: one thread.
 */
final class FileWindow {
    private static final int WINDOW_BYTES = 256 << 10;

    private final StoreFile file;
    private Slice window = Slice.EMPTY;
    private long windowOffset;

    FileWindow(StoreFile file) {
        this.file = file;
    }

    /** Size of the file. */
    long sizeBytes() {
        return file.sizeBytes();
    }

    /** The bytes {@code [offset, offset + length)}, which must be in the file. The slice may be kept. */
    Slice slice(long offset, int length) {
        if (offset < windowOffset || offset + length > windowOffset + window.length()) {
            int windowBytes = (int) Math.min(Math.max(length, WINDOW_BYTES), sizeBytes() - offset);
            window = Slice.wrap(file.read(offset, windowBytes));
            windowOffset = offset;
        }
        int from = (int) (offset - windowOffset);
        return window.subSlice(from, from + length);
    }
}
