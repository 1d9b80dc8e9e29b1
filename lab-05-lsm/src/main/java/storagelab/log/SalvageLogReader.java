package storagelab.log;

import static storagelab.log.LogLayout.BLOCK_BYTES;
import static storagelab.log.LogLayout.HEAD_BYTES;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.codec.FlippedBit;
import storagelab.file.StoreFile;

/**
 * Reads what can be read of a damaged log, for a repair: more than {@link LogReader}, which drops the rest of a block after a
 * chunk that cannot be read.
 *
 * <ul>
 *   <li>A chunk with one {@linkplain FlippedBit flipped bit} is mended, wherever in it the bit is.
 *   <li>After a chunk that cannot be mended, reading goes on at the next place in the block from which a chunk can be read.
 *       Its checksum says that it is one.
 *   <li>A record of several chunks is returned only if all of them can be read.
 * </ul>
 *
 * <p>A value may itself contain the bytes of a log, and when the chunk around it is damaged they look like chunks of this one.
 * So the caller has to look whether a record fits those before it.
 *
 * <p>Cost: O(bytes) where nothing is damaged; a damaged block takes a checksum for each place in it at which the head of a
 * chunk may be. Concurrency: one thread.
 */
public final class SalvageLogReader {
    private final StoreFile file;
    private final Consumer<LogReader.Damage> listener;
    private byte[] block = new byte[0];
    private long blockStart;
    private int position; // in block
    private long lostFrom = -1; // where a part begins that cannot be read
    private @Nullable ByteWriter record; // what there is of one in several chunks

    /** A chunk, mended if need be. */
    private record Chunk(int type, Slice data, int end) {}

    /** A reader of {@code file} from its beginning; {@code listener} is told of damage before the record that follows. */
    public SalvageLogReader(StoreFile file, Consumer<LogReader.Damage> listener) {
        this.file = file;
        this.listener = listener;
    }

    /** The next record; null at the end. */
    public @Nullable Slice next() {
        for (Chunk chunk = nextChunk(); chunk != null; chunk = nextChunk()) {
            switch (chunk.type) {
                case LogLayout.FULL -> {
                    record = null;
                    return chunk.data;
                }
                case LogLayout.FIRST -> {
                    record = new ByteWriter(BLOCK_BYTES);
                    record.putBytes(chunk.data);
                }
                default -> {
                    if (record != null) {
                        record.putBytes(chunk.data);
                        if (chunk.type == LogLayout.LAST) {
                            Slice whole = record.toSlice();
                            record = null;
                            return whole;
                        }
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Chunk nextChunk() {
        while (block.length - position >= HEAD_BYTES || readBlock()) {
            Chunk chunk = readable();
            if (chunk != null) {
                told(blockStart + position);
                position = chunk.end;
                return chunk;
            }
            boolean isNothing = isZeroFrom(position);
            if (lostFrom < 0 && !isNothing) {
                lostFrom = blockStart + position;
                record = null;
            }
            position = isNothing ? block.length : position + 1;
        }
        told(blockStart + block.length);
        return null;
    }

    /** Tells of what was lost before {@code end}. */
    private void told(long end) {
        if (lostFrom >= 0) {
            listener.accept(new LogReader.Damage(lostFrom, end - lostFrom, "bytes without a chunk that can be read"));
            lostFrom = -1;
        }
    }

    private boolean readBlock() {
        long next = blockStart + block.length;
        long left = file.sizeBytes() - next;
        if (left < HEAD_BYTES) {
            return false;
        }
        blockStart = next;
        block = file.read(next, (int) Math.min(BLOCK_BYTES, left));
        position = 0;
        return true;
    }

    private boolean isZeroFrom(int start) {
        for (int at = start; at < block.length; at++) {
            if (block[at] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The chunk at the position, if there is one; where nothing was lost just before, also one with a flipped bit. */
    private @Nullable Chunk readable() {
        if (block.length - position < HEAD_BYTES) {
            return null;
        }
        ByteReader head = new ByteReader(Slice.wrap(block, position, HEAD_BYTES));
        int stored = head.readFixed32();
        int length = head.readByte() | head.readByte() << Byte.SIZE;
        Chunk chunk = chunk(stored, length, false);
        if (chunk == null && lostFrom < 0) {
            chunk = chunk(stored, length, true);
            for (int bit = 0; bit < Short.SIZE && chunk == null; bit++) {
                chunk = chunk(stored, length ^ 1 << bit, false);
            }
        }
        return chunk;
    }

    /** The chunk at the position, if it has this length and the right checksum; {@code mends} a bit in type or data. */
    private @Nullable Chunk chunk(int stored, int length, boolean mends) {
        int from = position + LogLayout.TYPE_OFFSET;
        int end = position + HEAD_BYTES + length;
        boolean isType = block[from] >= LogLayout.FULL && block[from] <= LogLayout.LAST;
        if (end > block.length || (!isType && !mends)) {
            return null;
        }
        int actual = Crc32c.of(block, from, end - from);
        if (stored == Crc32c.mask(actual)) {
            return new Chunk(block[from], Slice.wrap(Arrays.copyOfRange(block, from + 1, end)), end);
        }
        byte[] mended = mends ? FlippedBit.mended(Arrays.copyOfRange(block, from, end), stored, actual) : null;
        if (mended == null || mended[0] < LogLayout.FULL || mended[0] > LogLayout.LAST) {
            return null;
        }
        return new Chunk(mended[0], Slice.wrap(mended, 1, mended.length - 1), end);
    }
}
