package storagelab.sstable;

import org.jspecify.annotations.Nullable;
import storagelab.bloom.FilterPolicy;

/**
 * How tables are written.
 *
 * @param blockBytes a block ends when it has so many, before compression
 * @param restartInterval entries from one restart of a data block to the next
 * @param compression of blocks that it makes smaller by an eighth; LevelDB 1.23 reads all but {@link Compression#ZSTD}
 * @param filter says which keys a table cannot have; null for none
 * @param filterBaseBits a filter is for the data blocks that begin in two to the power of this many bytes: 11 as LevelDB
 *     has it, 31 for one filter a table
 */
public record TableOptions(
        int blockBytes,
        int restartInterval,
        Compression compression,
        @Nullable FilterPolicy filter,
        int filterBaseBits) {
    /** Blocks of 4 KiB, a restart every 16 entries, no compression, no filter. */
    public static TableOptions defaults() {
        return new TableOptions(4 << 10, 16, Compression.NONE, null, FilterBlockBuilder.LEVELDB_BASE_BITS);
    }

    public TableOptions {
        if (blockBytes < 1 || restartInterval < 1) {
            throw new IllegalArgumentException(
                    "blocks of " + blockBytes + " bytes with a restart every " + restartInterval + " entries");
        }
        if (filterBaseBits < 0 || filterBaseBits >= Integer.SIZE) {
            throw new IllegalArgumentException("filters for 2^" + filterBaseBits + " bytes");
        }
    }

    /** These, with another size of blocks. */
    public TableOptions withBlockBytes(int bytes) {
        return new TableOptions(bytes, restartInterval, compression, filter, filterBaseBits);
    }

    /** These, with another compression. Tables with {@link Compression#ZSTD} are not readable by LevelDB 1.23. */
    public TableOptions withCompression(Compression other) {
        return new TableOptions(blockBytes, restartInterval, other, filter, filterBaseBits);
    }

    /** These, with another filter or none. */
    public TableOptions withFilter(@Nullable FilterPolicy other) {
        return new TableOptions(blockBytes, restartInterval, compression, other, filterBaseBits);
    }

    /** These, with one filter for a whole table, or with LevelDB's, one for each 2 KiB. */
    public TableOptions withFilterBaseBits(int bits) {
        return new TableOptions(blockBytes, restartInterval, compression, filter, bits);
    }
}
