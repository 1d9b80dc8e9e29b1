package storagelab.sstable;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.file.StoreFile;

/**
 * Writes a table: a file of sorted entries that is never changed once it is finished.
 *
 * <p>Format:
 *
 * <pre>
 *   data block, trailer | data block, trailer | ... | filter block, trailer | metaindex block, trailer
 *   | index block, trailer | footer
 * </pre>
 *
 * <ul>
 *   <li>A <b>data block</b> ({@link BlockBuilder}) ends as soon as it has {@code blockBytes} or more, uncompressed.
 *   <li>The <b>filter block</b> ({@link FilterBlockBuilder}) is there if there is a filter policy. It is not
 *       compressed. The first data block begins at 0; whenever one has ended, the next begins where the file ends then,
 *       which the filter builder is told whether or not there will be a next one.
 *   <li>The <b>metaindex</b> is a block with an entry for the filter: the key {@code filter.} and the policy's name,
 *       the value its {@link BlockHandle}. Without a filter it has no entries, and is there all the same.
 *   <li>The <b>index</b> is a block with an entry for each data block: a key that is not less than the block's last and
 *       less than the next block's first, as short as {@link InternalKeyOrder#shortestSeparator} makes it; for the last
 *       block, what {@link InternalKeyOrder#shortSuccessor} makes of its last key; and the block's handle. Every entry
 *       is a restart. (So the entry of a block can be written when the first key of the next one is known, and not
 *       before.)
 *   <li>The <b>{@link Footer}</b> says where metaindex and index are.
 * </ul>
 *
 * <p>Blocks other than the filters are compressed if that saves an eighth: a block of n bytes if there are less than
 * {@code n - n / 8} then, in whole numbers. Otherwise it is stored as it is, and its trailer says so. Behind each block is
 * its {@link BlockTrailer}: the code of its compression, and the masked CRC-32C of the block as it is stored and of that
 * code. A handle's size is that of the block as it is stored, without the trailer.
 *
 * <p>Example: {@code apple@7 = red} and the deletion {@code cherry@3}, with {@code blockBytes} of 1, so that each has a block
 * of its own, without compression and filter: 168 bytes.
 *
 * <pre>
 *   offset
 *     0  00 0d 03 61 70 70 6c 65 01 07 00 00 00 00 00 00 72 65 64     apple, its tag, red
 *        00 00 00 00 01 00 00 00                                      one restart; 27 bytes so far
 *        00 73 b8 94 cd                                               not compressed, checksum
 *    32  00 0e 00 63 68 65 72 72 79 00 03 00 00 00 00 00 00           cherry, its tag
 *        00 00 00 00 01 00 00 00                                      25 bytes
 *        00 7a b7 5f d6
 *    62  00 00 00 00 01 00 00 00                                      metaindex: no entry, 8 bytes
 *        00 c0 f2 a1 b0
 *    75  00 09 02 62 01 ff ff ff ff ff ff ff 00 1b                    "b" with the largest tag: offset 0, 27 bytes
 *        00 09 02 64 01 ff ff ff ff ff ff ff 20 19                    "d": offset 32, 25 bytes
 *        00 00 00 00 0e 00 00 00 02 00 00 00                          two restarts; 40 bytes
 *        00 0a dc 3b f0
 *   120  3e 08 4b 28                                                  metaindex 62, 8; index 75, 40
 *        36 zeros, 57 fb 80 8b 24 75 47 db
 * </pre>
 *
 * <p>Cost: O(bytes). The file is written in pieces of a quarter of a MiB, or a block more, and the rest at the end: in
 * memory are one data block, such a piece, the index and the filters.
 *
 * <p>Concurrency: one thread. Source: LevelDB, {@code table/table_builder.cc} and {@code doc/table_format.md}.
 */
@Exercise(
        id = "5.5",
        title = "Tables as LevelDB has them",
        points = 9,
        difficulty = Difficulty.MEDIUM,
        hours = 6,
        needs = {"5.1", "5.2", "5.4"})
public final class TableBuilder {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int INDEX_RESTART_INTERVAL = 1;

    private final StoreFile file;
    private final TableOptions options;
    private final BlockBuilder data;
    private final BlockBuilder index = new BlockBuilder(INDEX_RESTART_INTERVAL);
    private final @Nullable FilterBlockBuilder filters;
    private final ByteWriter buffer = new ByteWriter(BUFFER_BYTES + (64 << 10));
    private long written; // bytes of the file that are not in the buffer any more
    private long entries;
    private Slice smallest = Slice.EMPTY;
    private Slice last = Slice.EMPTY;
    private @Nullable BlockHandle ended; // a data block whose entry in the index waits for the next key

    /** A builder that appends to {@code file}, which is empty, and leaves it open. Nothing is written yet. */
    public TableBuilder(StoreFile file, TableOptions options) {
        this.file = file;
        this.options = options;
        this.data = new BlockBuilder(options.restartInterval());
        FilterPolicy policy = options.filter();
        this.filters = policy == null ? null : new FilterBlockBuilder(policy, options.filterBaseBits());
        if (filters != null) {
            filters.startBlock(0);
        }
    }

    /**
     * Appends an entry.
     *
     * @param internalKey greater than all before; the slice is kept
     * @throws IllegalArgumentException if it is not greater than the one before; then nothing has happened
     */
    public void add(Slice internalKey, Slice value) {
        if (entries > 0 && InternalKeyOrder.ORDER.compare(last, internalKey) >= 0) {
            throw new IllegalArgumentException(
                    InternalKey.toString(internalKey) + " comes after " + InternalKey.toString(last));
        }
        if (entries == 0) {
            smallest = internalKey;
        } else {
            indexEnded(InternalKeyOrder.ORDER.shortestSeparator(last, internalKey));
        }
        if (filters != null) {
            filters.add(InternalKey.userKey(internalKey));
        }
        data.add(internalKey, value);
        last = internalKey;
        entries++;
        if (data.sizeBytes() >= options.blockBytes()) {
            endBlock();
        }
    }

    /**
     * Bytes of the file so far, written or waiting to be, without the data block that is not ended yet: what a caller asks
     * who wants tables of a certain size.
     */
    public long sizeBytes() {
        return written + buffer.size();
    }

    /** Number of entries so far. */
    public long entries() {
        return entries;
    }

    /**
     * Ends the table; called once, and nothing after it. Everything is written, nothing is synced.
     *
     * @throws IllegalStateException if there are no entries
     */
    public TableSummary finish() {
        if (entries == 0) {
            throw new IllegalStateException(file.path() + " would be a table without entries");
        }
        endBlock();
        BlockBuilder metaindex = new BlockBuilder(options.restartInterval());
        FilterPolicy policy = options.filter();
        if (filters != null && policy != null) {
            BlockHandle handle = write(filters.finish(), Compression.NONE);
            metaindex.add(Slice.utf8(SsTable.FILTER_KEY_PREFIX + policy.name()), encoded(handle));
        }
        BlockHandle metaindexHandle = writeCompressed(metaindex);
        indexEnded(InternalKeyOrder.ORDER.shortSuccessor(last));
        BlockHandle indexHandle = writeCompressed(index);
        buffer.putBytes(new Footer(metaindexHandle, indexHandle).encode());
        flush();
        return new TableSummary(written, entries, smallest, last);
    }

    private void endBlock() {
        if (data.isEmpty()) {
            return;
        }
        ended = writeCompressed(data);
        data.reset();
        if (filters != null) {
            filters.startBlock(sizeBytes());
        }
    }

    private void indexEnded(Slice separator) {
        if (ended != null) {
            index.add(separator, encoded(ended));
            ended = null;
        }
    }

    private BlockHandle writeCompressed(BlockBuilder block) {
        Slice raw = block.finish();
        Slice compressed = options.compression().compress(raw);
        boolean isWorthIt = compressed.length() < raw.length() - raw.length() / 8;
        return isWorthIt ? write(compressed, options.compression()) : write(raw, Compression.NONE);
    }

    private BlockHandle write(Slice block, Compression compression) {
        BlockHandle handle = new BlockHandle(sizeBytes(), block.length());
        int from = buffer.size();
        buffer.putBytes(block).putByte(compression.code());
        buffer.putFixed32(Crc32c.mask(buffer.crc32c(from, buffer.size())));
        if (buffer.size() >= BUFFER_BYTES) {
            flush();
        }
        return handle;
    }

    private void flush() {
        file.append(buffer.view());
        written += buffer.size();
        buffer.clear();
    }

    private static Slice encoded(BlockHandle handle) {
        ByteWriter out = new ByteWriter(BlockHandle.ENCODED_BYTES_MAX);
        handle.writeTo(out);
        return out.toSlice();
    }
}
