package storagelab.log;

import java.util.Arrays;
import storagelab.file.StoreFile;

/**
 * Zeros behind the end of a log, where a writer has made room for records to come. When the machine stops the log ends
 * somewhere in front of them, and not where the file ends.
 */
public final class PreparedSpace {
    private static final int SECTOR_BYTES = 512;

    private PreparedSpace() {}

    /**
     * Whether what is wrong with the chunk at {@code offset} is only that it was not written to its end: from the
     * beginning of a sector of the disk on, in the chunk, the file has nothing but zeros. Disks write sectors whole.
     *
     * <p>Example: a chunk of 200 bytes at byte 400, of which the sector up to 512 got to the disk. Behind byte 512 are
     * zeros up to the end of the file: torn. If it lies at byte 100 it is in one sector, and was written whole or not at
     * all: with a wrong checksum it is damaged.
     */
    public static boolean isTornTail(StoreFile file, long offset) {
        long last = Math.min(endOfChunk(file, offset), file.sizeBytes()) - 1;
        long sector = last / SECTOR_BYTES * SECTOR_BYTES;
        return sector >= offset && isZeroFrom(file, sector);
    }

    /** Whether the place for the head of a chunk at {@code offset} is zeros: room was made there, and nothing written. */
    public static boolean beginsAt(StoreFile file, long offset) {
        return offset + LogLayout.HEAD_BYTES <= file.sizeBytes()
                && Arrays.equals(file.read(offset, LogLayout.HEAD_BYTES), new byte[LogLayout.HEAD_BYTES]);
    }

    private static long endOfChunk(StoreFile file, long offset) {
        if (offset + LogLayout.HEAD_BYTES > file.sizeBytes()) {
            return offset + 1;
        }
        byte[] head = file.read(offset, LogLayout.HEAD_BYTES);
        int length = head[LogLayout.LENGTH_OFFSET] & 0xff | (head[LogLayout.LENGTH_OFFSET + 1] & 0xff) << Byte.SIZE;
        return offset + LogLayout.HEAD_BYTES + length;
    }

    /** Whether the file has nothing but zeros from byte {@code start} on, or ends before it. */
    public static boolean isZeroFrom(StoreFile file, long start) {
        for (long at = start; at < file.sizeBytes(); at += SECTOR_BYTES) {
            for (byte value : file.read(at, (int) Math.min(SECTOR_BYTES, file.sizeBytes() - at))) {
                if (value != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
