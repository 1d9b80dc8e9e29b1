package storagelab.sortedlog;

/**
 * Where the fields of a frame of a {@link RecordLog} are, in bytes from the start of the frame; integers are
 * little-endian.
 *
 * <p>Format: {@code notes/formats/record-log.md}.
 */
public final class RecordLogLayout {
    /** Where the CRC-32C of everything after it is, fixed32. */
    public static final int CRC_OFFSET = 0;
    /** Where the number of payload bytes is, fixed32. */
    public static final int LENGTH_OFFSET = 4;
    /** Where it says how many bytes of the file were known to be on disk when the frame was written, fixed64. */
    public static final int DURABLE_OFFSET = 8;
    /** Where the payload begins; also the size of the header, and of the smallest frame. */
    public static final int HEADER_BYTES = 16;

    private RecordLogLayout() {}

    /** Size of a frame with {@code payloadBytes} of payload. */
    public static long frameBytes(int payloadBytes) {
        return HEADER_BYTES + (long) payloadBytes;
    }
}
