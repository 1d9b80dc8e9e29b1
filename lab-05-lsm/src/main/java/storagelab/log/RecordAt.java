package storagelab.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;

/** Reads one record of a log from the place where it begins: for readers that follow a log which is still being written. */
public final class RecordAt {
    /** The bytes of a log. */
    public interface Source {
        /** {@code length} bytes from {@code offset} on; null if the log does not have them yet. */
        byte @Nullable [] read(long offset, int length);
    }

    private RecordAt() {}

    /**
     * The record whose first chunk begins at {@code start}; null if not all of its chunks can be read.
     *
     * <p>Cost: two reads of the source for each chunk.
     */
    public static @Nullable Slice read(Source source, long start) {
        ByteWriter record = new ByteWriter(64);
        long at = start;
        for (boolean isFirst = true; ; isFirst = false) {
            byte[] head = source.read(at, LogLayout.HEAD_BYTES);
            if (head == null) {
                return null;
            }
            int length =
                    (head[LogLayout.LENGTH_OFFSET] & 0xff) | (head[LogLayout.LENGTH_OFFSET + 1] & 0xff) << Byte.SIZE;
            byte[] chunk = source.read(at + LogLayout.TYPE_OFFSET, 1 + length);
            if (chunk == null || !isWhole(head, chunk)) {
                return null;
            }
            int type = chunk[0];
            boolean begins = type == LogLayout.FULL || type == LogLayout.FIRST;
            boolean isKnown = begins || type == LogLayout.MIDDLE || type == LogLayout.LAST;
            if (!isKnown || begins != isFirst) {
                return null;
            }
            record.putBytes(Slice.wrap(chunk, 1, length));
            if (type == LogLayout.FULL || type == LogLayout.LAST) {
                return record.toSlice();
            }
            at = RecordFrame.start(at + LogLayout.HEAD_BYTES + length);
        }
    }

    private static boolean isWhole(byte[] head, byte[] chunk) {
        int stored = new ByteReader(Slice.wrap(Arrays.copyOf(head, Integer.BYTES))).readFixed32();
        return stored == Crc32c.mask(Crc32c.of(chunk, 0, chunk.length));
    }
}
