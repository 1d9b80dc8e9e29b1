// exercise: 5.5
// type: storagelab.sstable.SsTable
// verdict: caught
// because: checksums are not looked at, and a bit that turned over becomes a value
import storagelab.api.CorruptionException;

public final class SsTable {
    private byte[] readContents(BlockHandle handle) {
        if (handle.offset() < 0
                || handle.sizeBytes() < 0
                || handle.sizeBytes() > BLOCK_BYTES_MAX
                || handle.offset() > source.sizeBytes() - BlockTrailer.BYTES - handle.sizeBytes()) {
            throw new CorruptionException(source.path(), handle.offset(), "a block of the file", handle.toString());
        }
        int size = (int) handle.sizeBytes();
        byte[] stored = source.read(handle.offset(), size + BlockTrailer.BYTES);
        try {
            return Compression.of(stored[size] & 0xff).decompress(Arrays.copyOf(stored, size), BLOCK_BYTES_MAX);
        } catch (IllegalArgumentException e) {
            throw new CorruptionException(source.path(), handle.offset(), "a block", String.valueOf(e.getMessage()));
        }
    }
}
