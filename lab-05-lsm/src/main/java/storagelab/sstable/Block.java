package storagelab.sstable;

import java.nio.file.Path;
import storagelab.api.CorruptionException;
import storagelab.course.ExercisePart;

/**
 * A block in memory, as {@link BlockBuilder} made it, uncompressed and without its trailer. Its bytes are never changed
 * and never used for another block: slices of them stay what they are.
 *
 * <p>The last four bytes say how many restarts there are, and so where the entries end: of the 32 bytes of the example
 * in {@link BlockBuilder}, with 1 restart, at byte 24. Nothing is unpacked here. A block with no restarts at all has no
 * entries for its cursor, whatever stands before; our builder makes none such, and LevelDB reads them so.
 *
 * <p>Concurrency: immutable. Source: LevelDB, {@code table/block.cc}.
 */
@ExercisePart("5.4")
public final class Block {
    private final byte[] bytes;
    private final Path file;
    private final long offset;
    private final int restartCount;
    private final int entriesEnd;

    /**
     * The block in {@code bytes}, which the caller gives away.
     *
     * @param file where it was read, for messages
     * @param offset of it in that file, for messages
     * @throws CorruptionException with {@code file} and {@code offset} if there are less than four bytes, or more restarts
     *     than there is room for: 2 need twelve bytes. Where restarts point to is not looked at here
     */
    public Block(byte[] bytes, Path file, long offset) {
        this.bytes = bytes;
        this.file = file;
        this.offset = offset;
        int room = bytes.length / Integer.BYTES - 1;
        int count = room < 0 ? 0 : fixed32(bytes.length - Integer.BYTES);
        if (room < 0 || count < 0 || count > room) {
            throw new CorruptionException(
                    file, offset, "a block with its restarts", count + " restarts in " + bytes.length + " bytes");
        }
        this.restartCount = count;
        this.entriesEnd = bytes.length - Integer.BYTES * (1 + count);
    }

    /** Bytes of the block. */
    public int sizeBytes() {
        return bytes.length;
    }

    /** A cursor over the entries, whose keys are {@linkplain InternalKey internal keys} in their order. */
    public BlockCursor cursor() {
        return new BlockCursor(this);
    }

    byte[] bytes() {
        return bytes;
    }

    int restartCount() {
        return restartCount;
    }

    /** Where the entry of a restart begins. */
    int restart(int index) {
        int at = fixed32(entriesEnd + Integer.BYTES * index);
        if (at < 0 || at > entriesEnd || (at == entriesEnd && index > 0)) {
            throw damaged("restart " + index + " before byte " + entriesEnd, "byte " + at);
        }
        return at;
    }

    /** Where the entries end. */
    int entriesEnd() {
        return entriesEnd;
    }

    /** What to throw when something in this block makes no sense: an exception with its file and its offset. */
    public CorruptionException damaged(String expected, String actual) {
        return new CorruptionException(file, offset, expected, actual + " of the block");
    }

    private int fixed32(int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }
}
