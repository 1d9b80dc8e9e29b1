package storagelab.table;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.codec.ByteWriter;
import storagelab.sortedlog.StoreFile;

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
 *   <li>A <b>data block</b> ({@link BlockBuilder}) ends when it has {@code blockBytes} or more.
 *   <li>The <b>filter block</b> ({@link FilterBlockBuilder}) is there if there is a filter policy. It is not
 *       compressed.
 *   <li>The <b>metaindex</b> is a block with an entry for the filter: the key {@code filter.} and the policy's name,
 *       the value its handle.
 *   <li>The <b>index</b> is a block with an entry for each data block: a key that is not less than the block's last and
 *       less than the next block's first, as short as {@link InternalKeyOrder#shortestSeparator} makes it; and the
 *       block's handle. Every entry is a restart.
 *   <li>The <b>{@link Footer}</b> says where metaindex and index are.
 * </ul>
 *
 * <p>A block is compressed if that makes it smaller by an eighth at least. Behind each block is its
 * {@link BlockTrailer}.
 *
 * <p>Cost: O(bytes); of the file, one data block and a quarter of a MiB are in memory, and index and filters.
 *
 * <p>Concurrency: one thread. Source: LevelDB, {@code table/table_builder.cc} and {@code doc/table_format.md}.
 */
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

    /** A builder that appends to {@code file}, which is empty, and leaves it open. */
    public TableBuilder(StoreFile file, TableOptions options) {
        this.file = file;
        this.options = options;
        this.data = new BlockBuilder(options.restartInterval());
        FilterPolicy policy = options.filter();
        this.filters = policy == null ? null : new FilterBlockBuilder(policy);
        if (filters != null) {
            filters.startBlock(0);
        }
    }

    /**
     * Appends an entry.
     *
     * @param internalKey greater than all before; the slice is kept
     * @throws IllegalArgumentException if it is not greater than the one before
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

    /** Bytes of the file so far, without the data block that is not ended yet. */
    public long sizeBytes() {
        return written + buffer.size();
    }

    /** Number of entries so far. */
    public long entries() {
        return entries;
    }

    /**
     * Ends the table. Everything is written, nothing is synced.
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
            metaindex.add(Slice.utf8(Table.FILTER_KEY_PREFIX + policy.name()), encoded(handle));
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
        buffer.putFixed32(BlockTrailer.mask(buffer.crc32c(from, buffer.size())));
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
