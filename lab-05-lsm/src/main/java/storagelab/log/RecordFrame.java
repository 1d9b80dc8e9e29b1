package storagelab.log;

import static storagelab.log.LogLayout.BLOCK_BYTES;
import static storagelab.log.LogLayout.HEAD_BYTES;

/** Where a record lies in a log, computed from its length: for logs that name places. See {@link LogLayout}. */
public final class RecordFrame {
    private RecordFrame() {}

    /**
     * Where the first chunk of a record begins that is appended to a log of {@code sizeBytes} bytes: there, or at the next
     * block if fewer than seven bytes of this one are left.
     *
     * <p>Example: at 1,007 in a log of 1,007 bytes, at 32,768 in one of 32,762.
     */
    public static long start(long sizeBytes) {
        long left = BLOCK_BYTES - sizeBytes % BLOCK_BYTES;
        return left < HEAD_BYTES ? sizeBytes + left : sizeBytes;
    }

    /**
     * Where the last chunk of a record ends whose first one begins at {@code start}.
     *
     * <p>Example: a record of 97,270 bytes that begins at 1,007 ends at 98,298: it has three chunks, 97,270 +
     * 3 · 7 bytes.
     *
     * @param dataBytes length of the record
     */
    public static long end(long start, long dataBytes) {
        long at = start;
        long left = dataBytes;
        do {
            long room = BLOCK_BYTES - at % BLOCK_BYTES - HEAD_BYTES;
            long taken = Math.min(left, room);
            at += HEAD_BYTES + taken;
            left -= taken;
        } while (left > 0);
        return at;
    }
}
