package storagelab.table;

import org.jspecify.annotations.Nullable;
import storagelab.bloom.FilterPolicy;

/**
 * How tables are written.
 *
 * @param blockBytes a block ends when it has so many, before compression
 * @param restartInterval entries from one restart of a data block to the next
 * @param compression of blocks that it makes smaller by an eighth
 * @param filter says which keys a table cannot have; null for none
 */
public record TableOptions(
        int blockBytes,
        int restartInterval,
        Compression compression,
        @Nullable FilterPolicy filter) {
    /** Blocks of 4 KiB, a restart every 16 entries, no compression, no filter. */
    public static TableOptions defaults() {
        return new TableOptions(4 << 10, 16, Compression.NONE, null);
    }

    public TableOptions {
        if (blockBytes < 1 || restartInterval < 1) {
            throw new IllegalArgumentException(
                    "blocks of " + blockBytes + " bytes with a restart every " + restartInterval + " entries");
        }
    }

    /** These, with another size of blocks. */
    public TableOptions withBlockBytes(int bytes) {
        return new TableOptions(bytes, restartInterval, compression, filter);
    }

    /** These, with another compression. */
    public TableOptions withCompression(Compression other) {
        return new TableOptions(blockBytes, restartInterval, other, filter);
    }

    /** These, with another filter or none. */
    public TableOptions withFilter(@Nullable FilterPolicy other) {
        return new TableOptions(blockBytes, restartInterval, compression, other);
    }
}
