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
import storagelab.sortedlog.StoreFile;
import storagelab.table.BlockTrailer;

/**
 * Reads the records of a log, see {@link LogLayout}, also one that was damaged or not written to its end.
 *
 * <p>A log ends somewhere when a machine loses power: in the middle of a head, or of a chunk, or after the first of
 * several chunks. That is no damage. It is how a log ends; what is there of the record is passed over without a word.
 * So are zeros, space that was made ready for chunks that never came.
 *
 * <p>Damage is something else: a checksum that is not right, chunks in an order that no writer makes. It is reported to
 * the listener. When a checksum is wrong nobody knows whether the length is right, so the rest of the block of 32 KiB
 * is dropped; the next block begins with a chunk again. Chunks of a record whose beginning was dropped are dropped,
 * too.
 *
 * <p>Example: three blocks with one record in each, and a bit of the second turned over. The reader gives the first
 * record, reports what is wrong with block 2, and gives the third.
 *
 * <p>Cost: O(bytes); a block and a record are in memory. Concurrency: one thread. Source: LevelDB,
 * {@code db/log_reader.cc}.
 */
public final class LogReader {
    /**
     * A part of the log that was dropped.
     *
     * @param offset where it begins, at the latest
     * @param bytes how much was dropped, at least
     * @param reason what is wrong with it
     */
    public record Damage(long offset, long bytes, String reason) {}

    private static final int END = -1;
    private static final int DROPPED = -2;

    private final StoreFile file;
    private final Consumer<Damage> listener;
    private byte[] block = new byte[0];
    private long blockStart;
    private int position;
    private long nextBlock;
    private Slice chunk = Slice.EMPTY;

    /** A reader of {@code file} from its beginning; {@code listener} is told of damage when it is met. */
    public LogReader(StoreFile file, Consumer<Damage> listener) {
        this.file = file;
        this.listener = listener;
    }

    /** The next record; null at the end. */
    public @Nullable Slice next() {
        ByteWriter record = null; // of several chunks
        while (true) {
            int type = readChunk();
            switch (type) {
                case LogLayout.FULL -> {
                    dropUnfinished(record, "a record that does not end");
                    return chunk;
                }
                case LogLayout.FIRST -> {
                    dropUnfinished(record, "a record that does not end");
                    record = new ByteWriter(2 * chunk.length());
                    record.putBytes(chunk);
                }
                case LogLayout.MIDDLE, LogLayout.LAST -> {
                    if (record == null) {
                        report(chunk.length(), "a part of a record without its beginning");
                    } else {
                        record.putBytes(chunk);
                        if (type == LogLayout.LAST) {
                            return record.toSlice();
                        }
                    }
                }
                case END -> {
                    return null; // what is in record was not written to its end
                }
                default -> {
                    if (type != DROPPED) {
                        report(chunk.length(), "a chunk of the unknown type " + type);
                    }
                    dropUnfinished(record, "a record with damage in the middle");
                    record = null;
                }
            }
        }
    }

    /**
     * The type of the next chunk, whose data is then in {@code chunk}; or that there is none, or that it was dropped.
     */
    private int readChunk() {
        while (block.length - position < HEAD_BYTES) {
            boolean wasLast = block.length > 0 && block.length < BLOCK_BYTES;
            if (wasLast || !readBlock()) {
                return END;
            }
        }
        int length = (block[position + LogLayout.LENGTH_OFFSET] & 0xff)
                | (block[position + LogLayout.LENGTH_OFFSET + 1] & 0xff) << Byte.SIZE;
        int type = block[position + LogLayout.TYPE_OFFSET] & 0xff;
        if (HEAD_BYTES + length > block.length - position) {
            if (block.length < BLOCK_BYTES) {
                return END;
            }
            return dropBlock("a chunk of " + length + " bytes, which do not fit into its block");
        }
        if (type == LogLayout.ZERO && length == 0) {
            position = block.length;
            return DROPPED;
        }
        int expected = new ByteReader(Slice.wrap(block, position, Integer.BYTES)).readFixed32();
        int actual = BlockTrailer.mask(Crc32c.of(block, position + LogLayout.TYPE_OFFSET, 1 + length));
        if (expected != actual) {
            return dropBlock("a chunk with the checksum %08x instead of %08x".formatted(actual, expected));
        }
        chunk = Slice.wrap(Arrays.copyOfRange(block, position + HEAD_BYTES, position + HEAD_BYTES + length));
        position += HEAD_BYTES + length;
        return type;
    }

    private boolean readBlock() {
        long left = file.sizeBytes() - nextBlock;
        if (left <= 0) {
            return false;
        }
        blockStart = nextBlock;
        block = file.read(nextBlock, (int) Math.min(BLOCK_BYTES, left));
        nextBlock += block.length;
        position = 0;
        return true;
    }

    private int dropBlock(String reason) {
        report(block.length - position, reason);
        position = block.length;
        return DROPPED;
    }

    private void dropUnfinished(@Nullable ByteWriter record, String reason) {
        if (record != null && record.size() > 0) {
            report(record.size(), reason);
        }
    }

    private void report(long bytes, String reason) {
        listener.accept(new Damage(blockStart + position, bytes, reason));
    }
}
