package storagelab.log;

import static storagelab.log.LogLayout.BLOCK_BYTES;
import static storagelab.log.LogLayout.HEAD_BYTES;

import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.table.BlockTrailer;

/**
 * Appends records to a log, see {@link LogLayout}: cut into chunks where blocks of 32 KiB end.
 *
 * <p>Example: records of 1,000, 97,270 and 8,000 bytes in an empty log. The first is one chunk, FULL, at byte 0. The
 * second begins at 1,007: FIRST with 31,754 bytes fills the first block, MIDDLE with 32,761 the second, LAST with
 * 32,755 ends six bytes before the end of the third. No chunk fits there: they are filled with zeros, and the third
 * record begins the fourth block. When exactly seven bytes are left, an empty FIRST takes them.
 *
 * <p>{@code hello} as the first record is {@code 0b b9 57 58 05 00 01 68 65 6c 6c 6f}.
 *
 * <p>All chunks of a record are handed to the output in one piece, so that a record costs one call of the operating
 * system, and that of a process which is killed all of a record is there or nothing.
 *
 * <p>Cost: O(bytes). Concurrency: one thread. Source: LevelDB, {@code db/log_writer.cc}.
 */
public final class LogWriter {
    private final LogOutput output;
    private final ByteWriter framed = new ByteWriter(4 << 10);
    private int blockOffset;

    /** A writer that goes on at the end of {@code output}. */
    public LogWriter(LogOutput output) {
        this.output = output;
        this.blockOffset = (int) (output.sizeBytes() % BLOCK_BYTES);
    }

    /** Appends a record, which may be empty. When this returns it is with the operating system. */
    public void append(Slice data) {
        output.append(frame(data));
    }

    /** Appends a record, and returns when it and all before it are on the disk. */
    public void appendSynced(Slice data) {
        output.appendSynced(frame(data));
    }

    /** Returns when everything that was appended is on the disk. */
    public void sync() {
        output.sync();
    }

    /** The chunks of a record; if there is no room for a head in the block, it is filled up before. */
    private Slice frame(Slice data) {
        if (BLOCK_BYTES - blockOffset < HEAD_BYTES) {
            output.append(Slice.wrap(new byte[BLOCK_BYTES - blockOffset]));
            blockOffset = 0;
        }
        framed.clear();
        int from = 0;
        boolean first = true;
        do {
            int length = Math.min(data.length() - from, BLOCK_BYTES - blockOffset - HEAD_BYTES);
            boolean last = from + length == data.length();
            chunk(type(first, last), data.subSlice(from, from + length));
            from += length;
            first = false;
        } while (from < data.length());
        return framed.view();
    }

    private static int type(boolean first, boolean last) {
        if (first) {
            return last ? LogLayout.FULL : LogLayout.FIRST;
        }
        return last ? LogLayout.LAST : LogLayout.MIDDLE;
    }

    private void chunk(int type, Slice data) {
        int head = framed.size();
        framed.putFixed32(0)
                .putByte(data.length())
                .putByte(data.length() >>> Byte.SIZE)
                .putByte(type)
                .putBytes(data);
        int crc = framed.crc32c(head + LogLayout.TYPE_OFFSET, framed.size());
        framed.putFixed32At(head, BlockTrailer.mask(crc));
        blockOffset = (blockOffset + HEAD_BYTES + data.length()) % BLOCK_BYTES;
    }
}
