package storagelab.log;

import static storagelab.log.LogLayout.BLOCK_BYTES;
import static storagelab.log.LogLayout.HEAD_BYTES;

import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * Appends records to a log, see {@link LogLayout}, which it cuts into chunks where blocks of 32 KiB end.
 *
 * <p>A record that fits into the rest of its block is one chunk, FULL. Another one begins with FIRST, which takes all of
 * the rest, goes on with as many MIDDLE as it fills blocks, and ends with LAST. If fewer than seven bytes are left where
 * a chunk should begin, they are filled with zeros, and it begins the next block. If exactly seven are left, they are
 * the head of a chunk without data: an empty FIRST, or for an empty record an empty FULL.
 *
 * <p>Example: {@code hello} as the first record is {@code 0b b9 57 58  05 00  01  68 65 6c 6c 6f}: checksum, length,
 * FULL, data.
 *
 * <p>Example: records of 1,000, 97,270 and 8,000 bytes in an empty log.
 *
 * <table>
 *   <caption>Their chunks</caption>
 *   <tr><th>offset</th><th>type</th><th>length</th><th></th></tr>
 *   <tr><td>0</td><td>FULL</td><td>1,000</td><td></td></tr>
 *   <tr><td>1,007</td><td>FIRST</td><td>31,754</td><td>7 + 31,754 are the rest of the first block</td></tr>
 *   <tr><td>32,768</td><td>MIDDLE</td><td>32,761</td><td>all of the second</td></tr>
 *   <tr><td>65,536</td><td>LAST</td><td>32,755</td><td>six bytes are left, and are zeros</td></tr>
 *   <tr><td>98,304</td><td>FULL</td><td>8,000</td><td></td></tr>
 * </table>
 *
 * <p>A log may be continued: the first block that is written to need not be empty, and how much of it is taken follows
 * from the size of the output.
 *
 * <p>All chunks of a record are handed to the output in one piece, however many they are, and zeros that fill a block in
 * a piece of their own before: a record costs one call of the operating system, and of a process that is killed all of a
 * record is there or nothing.
 *
 * <p>Cost: O(bytes). Concurrency: one thread. Source: LevelDB, {@code db/log_writer.cc}.
 */
@Exercise(id = "5.3", title = "A log in blocks", points = 6, difficulty = Difficulty.MEDIUM, hours = 4)
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

    /** The chunks of a record, valid until the next one; if there is no room for a head in the block, it is filled up before. */
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
        framed.putFixed32At(head, Crc32c.mask(crc));
        blockOffset = (blockOffset + HEAD_BYTES + data.length()) % BLOCK_BYTES;
    }
}
