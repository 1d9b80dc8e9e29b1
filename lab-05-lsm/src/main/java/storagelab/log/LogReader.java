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
import storagelab.course.ExercisePart;
import storagelab.file.StoreFile;

/**
 * Reads the records of a log, see {@link LogLayout}, also one that was damaged or not written to its end.
 *
 * <p>It goes from chunk to chunk. FULL is a record. FIRST begins one, which MIDDLE continues and LAST ends. Where fewer
 * than seven bytes are left in a block, they are not looked at, and the next chunk begins the next block.
 *
 * <p><b>The end.</b> A log ends somewhere when a machine loses power. That is no damage, and nobody is told of it. It
 * is the end if
 *
 * <ul>
 *   <li>the file has fewer than seven bytes more, or fewer than the length in a chunk's head says, provided that the
 *       file ends before the block does;
 *   <li>a head of seven zeros comes, and no chunk in a later block: space was made ready, and chunks never came;
 *   <li>a checksum is not right, or a length leads beyond its block, and {@link PreparedSpace#isTornTail} says that a
 *       power cut has left the chunk so. That is given;
 *   <li>one of these comes behind a FIRST whose LAST has not come. The record is passed over.
 * </ul>
 *
 * <p><b>Damage</b> is everything else that no writer makes. It is reported to the listener, and reading goes on:
 *
 * <table>
 *   <caption>Damage, what is dropped, and where reading goes on</caption>
 *   <tr><th>what is found</th><th>dropped and reported</th><th>then</th></tr>
 *   <tr><td>a checksum that is not right</td><td>from that chunk to the end of its block, for its length may be what
 *       is wrong</td><td>the next block</td></tr>
 *   <tr><td>a length that leads beyond the block</td><td>the same</td><td>the next block</td></tr>
 *   <tr><td>a head of seven zeros, and a chunk in a later block</td><td>from the zeros to that chunk, which begins its
 *       block</td><td>that chunk</td></tr>
 *   <tr><td>MIDDLE or LAST without a FIRST</td><td>that chunk</td><td>behind it</td></tr>
 *   <tr><td>a type that there is not, with a right checksum</td><td>that chunk</td><td>behind it</td></tr>
 *   <tr><td>FIRST, and before its LAST has come a FULL, another FIRST, or one of the above</td><td>from the FIRST to
 *       that chunk, but nothing if the record has no bytes so far</td><td>that chunk</td></tr>
 * </table>
 *
 * <p>A chunk in a later block is here whatever is not zeros and not the end. What is reported ascends and does not
 * overlap. A length that leads beyond the end of the file may be one that was damaged; nobody can tell, and it counts
 * as the end.
 *
 * <p>Example: three records, each of which is a block, and the bit 4 of byte 33,000, in the second, turned over. The
 * reader gives the first record; reports {@code Damage[offset=32768, bytes=32768]} and as the reason, say, {@code a
 * chunk with the checksum 9f3c01aa instead of 20d5e7b1}; and gives the third. If the file has only 33,100 bytes, the
 * reader gives the first record and ends: who knows how many bytes the second would have had.
 *
 * <p>Cost: O(bytes); a block and a record are in memory, and each block is read with one call. Concurrency: one thread.
 * Source: LevelDB, {@code db/log_reader.cc}, which says nothing of zeros that something follows.
 */
@ExercisePart("5.3")
public final class LogReader {
    /**
     * A part of the log that was dropped.
     *
     * @param offset where in the file it begins
     * @param bytes how long it is
     * @param reason what is wrong with it, for people
     */
    public record Damage(long offset, long bytes, String reason) {}

    private static final int END = -1;

    private static final int DROPPED = -2;

    private static final long NOWHERE = -1;

    private final StoreFile file;
    private final Consumer<Damage> listener;
    private byte[] block = new byte[0];
    private long blockStart;
    private int position; // in block
    private Slice chunk = Slice.EMPTY;
    private long chunkStart;

    private @Nullable ByteWriter record; // what there is of one in several chunks
    private long openFrom = NOWHERE; // where bytes begin of which nobody knows yet whether they are lost
    private String openReason = ""; // for that they are
    private boolean ended;

    /** A reader of {@code file} from its beginning; {@code listener} is told of damage when it is met. */
    public LogReader(StoreFile file, Consumer<Damage> listener) {
        this.file = file;
        this.listener = listener;
    }

    /** The next record; null at the end. */
    public @Nullable Slice next() {
        while (true) {
            int type = readChunk();
            switch (type) {
                case END -> {
                    return null;
                }
                case DROPPED -> {}
                case LogLayout.FULL -> {
                    giveUp();
                    return chunk;
                }
                case LogLayout.FIRST -> {
                    giveUp();
                    openFrom = chunkStart;
                    openReason = "a record without its end";
                    record = new ByteWriter(BLOCK_BYTES);
                    record.putBytes(chunk);
                }
                case LogLayout.MIDDLE, LogLayout.LAST -> {
                    if (record == null) {
                        drop("a part of a record without its beginning");
                    } else {
                        record.putBytes(chunk);
                        if (type == LogLayout.LAST) {
                            return finish(record);
                        }
                    }
                }
                default -> drop("a chunk of the unknown type " + type);
            }
        }
    }

    /**
     * The type of the next chunk, which then lies in {@code chunk}; or that there is none, or that something was
     * dropped.
     */
    private int readChunk() {
        while (block.length - position < HEAD_BYTES) {
            if (!readBlock()) {
                return END;
            }
        }
        chunkStart = blockStart + position;
        int length = (block[position + LogLayout.LENGTH_OFFSET] & 0xff)
                | (block[position + LogLayout.LENGTH_OFFSET + 1] & 0xff) << Byte.SIZE;
        int type = block[position + LogLayout.TYPE_OFFSET] & 0xff;
        if (isZeroHead()) {
            return passZeros();
        }
        int end = position + HEAD_BYTES + length;
        if (end > block.length) {
            return dropBlock(
                    "a chunk of " + length + " bytes, which do not fit into its block", block.length < BLOCK_BYTES);
        }
        int expected = new ByteReader(Slice.wrap(block, position, Integer.BYTES)).readFixed32();
        int actual = Crc32c.mask(Crc32c.of(block, position + LogLayout.TYPE_OFFSET, 1 + length));
        if (expected != actual) {
            return dropBlock("a chunk with the checksum %08x instead of %08x".formatted(actual, expected), false);
        }
        chunk = Slice.wrap(Arrays.copyOfRange(block, position + HEAD_BYTES, end));
        position = end;
        return type;
    }

    private boolean readBlock() {
        long next = blockStart + block.length;
        long left = file.sizeBytes() - next;
        boolean wasLast = block.length > 0 && block.length < BLOCK_BYTES;
        if (ended || wasLast || left <= 0) {
            return false;
        }
        blockStart = next;
        block = file.read(next, (int) Math.min(BLOCK_BYTES, left));
        position = 0;
        return true;
    }

    private boolean isZeroHead() {
        for (int i = position; i < position + HEAD_BYTES; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Leaves the rest of the block behind. Whether it is the end of the log is seen when something follows, or not. */
    private int passZeros() {
        if (openFrom == NOWHERE || isEmpty(record)) {
            openFrom = chunkStart;
        }
        openReason = "zeros in the middle of the log";
        record = null;
        position = block.length;
        return DROPPED;
    }

    /** The rest of the block makes no sense: because the log ends here, or because of damage. */
    private int dropBlock(String reason, boolean endOfFile) {
        position = block.length;
        ended = endOfFile || PreparedSpace.isTornTail(file, chunkStart);
        if (ended) {
            return END;
        }
        drop(reason);
        return DROPPED;
    }

    /** What lies between the beginning of this chunk and where reading goes on is lost, and what was open before. */
    private void drop(String reason) {
        giveUp();
        report(chunkStart, blockStart + position, reason);
    }

    /** What was open when this chunk came is lost; a record without bytes is no loss. */
    private void giveUp() {
        if (openFrom != NOWHERE && !isEmpty(record)) {
            report(openFrom, chunkStart, openReason);
        }
        record = null;
        openFrom = NOWHERE;
    }

    private Slice finish(ByteWriter whole) {
        record = null;
        openFrom = NOWHERE;
        return whole.toSlice();
    }

    private static boolean isEmpty(@Nullable ByteWriter record) {
        return record != null && record.size() == 0;
    }

    private void report(long from, long to, String reason) {
        listener.accept(new Damage(from, to - from, reason));
    }
}
