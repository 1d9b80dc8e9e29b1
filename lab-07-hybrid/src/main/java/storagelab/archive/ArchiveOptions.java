package storagelab.archive;

import java.util.regex.Pattern;
import storagelab.bloom.BloomFilter;
import storagelab.sstable.Compression;
import storagelab.sstable.TableOptions;

/**
 * How an {@link ArchiveTier} stores what it has, and what it keeps in memory.
 *
 * @param name of the archive, with which the names of its objects begin: 1 to 40 lower-case letters, digits and hyphens. Two archives in
 *     one object store have different names
 * @param sizes of objects and of what is read of them
 * @param memory what the archive keeps in memory
 * @param recentMax a checkpoint that leaves more objects than this that were written by checkpoints also rewrites them
 * @param compression of the blocks
 */
public record ArchiveOptions(String name, Sizes sizes, Memory memory, int recentMax, Compression compression) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final int FILTER_BITS_PER_KEY = 10;
    private static final int ONE_FILTER = 31;
    private static final int OBJECT_BYTES_MAX = 512 << 20;

    /**
     * Sizes, in bytes.
     *
     * @param objectBytes an object ends when it has this many, or up to a block more
     * @param blockBytes a get reads a block of about this size, before compression
     * @param readAheadBytes rewriting reads an object in pieces of this size
     */
    public record Sizes(int objectBytes, int blockBytes, int readAheadBytes) {
        /** Checks the sizes. */
        public Sizes {
            if (blockBytes < 1 || blockBytes > objectBytes || objectBytes > OBJECT_BYTES_MAX || readAheadBytes < 1) {
                throw new IllegalArgumentException("objects of " + objectBytes + " bytes in blocks of " + blockBytes
                        + ", read in pieces of " + readAheadBytes);
            }
        }
    }

    /**
     * What may be in memory, in bytes.
     *
     * @param overlayBytes a write waits for a flush when as many bytes of writes are not in objects, or more
     * @param blockBytes blocks that were read
     * @param indexBytes indexes and filters of objects that were read
     */
    public record Memory(long overlayBytes, long blockBytes, long indexBytes) {
        /** Checks the budgets. */
        public Memory {
            if (overlayBytes < 1 || blockBytes < 0 || indexBytes < 0) {
                throw new IllegalArgumentException("memory for " + overlayBytes + " bytes of writes, " + blockBytes
                        + " of blocks and " + indexBytes + " of indexes");
            }
        }
    }

    /** Checks the name and the number of objects. */
    public ArchiveOptions {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is not a name for an archive, which has 1 to 40 lower-case letters, digits and hyphens");
        }
        if (recentMax < 0) {
            throw new IllegalArgumentException("rewriting beyond " + recentMax + " objects");
        }
    }

    /**
     * Objects of 8 MiB in blocks of 64 KiB, with Zstandard; 16 MiB of writes, 16 MiB of blocks and 8 MiB of indexes in memory; rewriting
     * beyond 8 objects of checkpoints.
     */
    public static ArchiveOptions defaults(String name) {
        return new ArchiveOptions(
                name,
                new Sizes(8 << 20, 64 << 10, 1 << 20),
                new Memory(16 << 20, 16 << 20, 8 << 20),
                8,
                Compression.ZSTD);
    }

    /** With other sizes. */
    public ArchiveOptions withSizes(Sizes other) {
        return new ArchiveOptions(name, other, memory, recentMax, compression);
    }

    /** With more memory, or less. */
    public ArchiveOptions withMemory(Memory other) {
        return new ArchiveOptions(name, sizes, other, recentMax, compression);
    }

    /** With rewriting beyond another number of objects of checkpoints. */
    public ArchiveOptions withRecentMax(int objects) {
        return new ArchiveOptions(name, sizes, memory, objects, compression);
    }

    /** With another compression. */
    public ArchiveOptions withCompression(Compression other) {
        return new ArchiveOptions(name, sizes, memory, recentMax, other);
    }

    /** What the names of all objects of the archive begin with. */
    String prefix() {
        return name + "/";
    }

    /** How tables are written: with one filter for a whole object. */
    TableOptions table() {
        return TableOptions.defaults()
                .withBlockBytes(sizes.blockBytes())
                .withCompression(compression)
                .withFilter(filter())
                .withFilterBaseBits(ONE_FILTER);
    }

    static BloomFilter filter() {
        return new BloomFilter(FILTER_BITS_PER_KEY);
    }
}
