package storagelab.wal;

/**
 * How a write-ahead log is built.
 *
 * @param segmentBytes a segment that has so many bytes takes no more records; one that is begun may grow beyond it by its
 *     last record
 * @param access how records get to the operating system
 */
public record WalOptions(long segmentBytes, SegmentAccess access) {
    private static final long SEGMENT_BYTES = 16 << 20;

    /** Checks the numbers. */
    public WalOptions {
        if (segmentBytes < 1 || segmentBytes > Lsn.OFFSET_MAX / 2) {
            throw new IllegalArgumentException("segments of " + segmentBytes + " bytes");
        }
    }

    /** Segments of 16 MiB, mapped into memory. */
    public static WalOptions defaults() {
        return new WalOptions(SEGMENT_BYTES, SegmentAccess.MAPPED);
    }

    /** With segments of another size. */
    public WalOptions withSegmentBytes(long bytes) {
        return new WalOptions(bytes, access);
    }

    /** With another way to the operating system. */
    public WalOptions withAccess(SegmentAccess other) {
        return new WalOptions(segmentBytes, other);
    }
}
