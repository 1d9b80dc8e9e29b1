package storagelab.wal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import storagelab.api.Slice;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.LogOutput;

/**
 * A log whose file is longer than the log: zeros are written ahead, {@value #REGION_BYTES} bytes at a time, and records
 * into them.
 *
 * <p>A sync of a file that has grown writes its bytes and its new length, which are two places of the disk. A sync of one
 * that has not grown writes the bytes. And a disk that is full says so when the zeros are written, before the record.
 *
 * <p>Example: a log of 300 KiB has a file of 512 KiB. A record of 100 bytes goes to bytes 307,200 to 307,299, and the file
 * stays as long as it is. {@link #close} cuts it to 307,300 bytes.
 *
 * <p>Cost: a call of the operating system a record, and one more for each region. Concurrency: as {@link LogOutput} says.
 */
final class PreparedLogOutput implements LogOutput {
    private static final int REGION_BYTES = 256 << 10;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(REGION_BYTES).asReadOnlyBuffer();

    private final StoreFile file;
    private long sizeBytes;

    /** Creates the file, which must not exist; its name is on the disk when the directory is synced. */
    PreparedLogOutput(Path path, StatsRecorder stats) {
        this.file = StoreFile.create(path, stats);
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void append(Slice bytes) {
        long end = sizeBytes + bytes.length();
        if (end > file.sizeBytes()) {
            prepare(end);
        }
        file.write(sizeBytes, bytes.asByteBuffer());
        sizeBytes = end;
    }

    /** Writes zeros from the end of the file to the first multiple of a region's length from {@code end} on. */
    private void prepare(long end) {
        long target = (end + REGION_BYTES - 1) / REGION_BYTES * REGION_BYTES;
        for (long at = file.sizeBytes(); at < target; at = file.sizeBytes()) {
            file.write(at, ZEROS.slice(0, (int) Math.min(REGION_BYTES, target - at)));
        }
    }

    @Override
    public void sync() {
        file.sync();
    }

    /** Cuts off the zeros, and closes the file. */
    @Override
    public void close() {
        try (file) {
            file.truncate(sizeBytes);
        }
    }
}
