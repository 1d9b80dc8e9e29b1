package storagelab.sstable;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.bloom.FilterPolicy;
import storagelab.codec.ByteReader;
import storagelab.codec.Crc32c;
import storagelab.codec.MalformedBytesException;
import storagelab.codec.UnknownFormatException;
import storagelab.course.ExercisePart;

/**
 * A table that {@link TableBuilder}, or LevelDB, has written, open for reading. The index and the filters are in
 * memory; data blocks are read as they are wanted, and put into {@link BlockSlots}, where they may be found the next
 * time.
 *
 * <p>Opening begins at the end of the file: the {@link Footer}, and from it the index and the metaindex, and from that
 * the filters. A block is read with its {@link BlockTrailer}, checked, and unpacked if the trailer says that it is
 * compressed.
 *
 * <p>A get asks the {@link TableIndex} which block may have the key, then the filter of that block, and only then
 * looks for the block and into it. Where one filter is for the whole table ({@link FilterBlock#isOne}), it is asked before
 * the index. Example: the table of the example in {@link TableBuilder}. {@code get(apple, 9)}: the
 * index says block 0, where {@code apple@7} is the first entry that is not before {@code apple@9}: {@code red}.
 * {@code get(apple, 6)}: block 0 as well; the first entry that is not before {@code apple@6} would be in another block,
 * and is of another key: nothing. {@code get(cherry, 3)}: block 1, a tombstone. {@code get(zebra, 9)}: behind all blocks,
 * nothing, and no block was read.
 *
 * <p>Cost: opening, four reads; three if the table has no filters of the policy, two without a policy. {@link #get} of
 * a key that is behind all blocks, or that the filter knows not to be here: no read and no look into the slots. Of others: one block, and one read if it is not in the slots.
 *
 * <p>Errors: {@link CorruptionException}, with the file and the offset of the block, for a checksum that is not right, for
 * a handle that is not inside of the file, and for whatever makes no sense. Damage of index, metaindex, filters and footer is
 * found by opening, that of a data block by whoever comes to it; the others are read.
 *
 * <p>Concurrency: safe for many threads. Source: LevelDB, {@code table/table.cc} and {@code table/format.cc}.
 */
@ExercisePart("5.5")
public final class SsTable implements Closeable {
    static final String FILTER_KEY_PREFIX = "filter.";

    /** No block is larger than this when it is uncompressed: damaged sizes are found out before memory is asked for. */
    private static final int BLOCK_BYTES_MAX = 1 << 30;

    private final TableSource source;
    private final TableIndex index;
    private final BlockSlots slots;
    private final @Nullable FilterBlock filters;
    private final boolean isOneFilter;

    private SsTable(TableSource source, IntFunction<? extends BlockSlots> cache, @Nullable FilterPolicy policy) {
        this.source = source;
        Footer footer = footer(source);
        this.index = new TableIndex(readBlock(footer.index()));
        this.filters = policy == null ? null : filters(footer.metaindex(), policy);
        this.isOneFilter = filters != null && filters.isOne(source.sizeBytes());
        this.slots = cache.apply(index.count());
    }

    /**
     * Opens a table, and takes over {@code source}, which is closed if this throws.
     *
     * @param cache gives places for as many data blocks as it is asked for; it is asked once, when everything else has
     *     gone well
     * @param policy reads the filters that were made by a policy of this name; others are left alone, and not read. Null
     *     for none: then the metaindex is not read either
     */
    public static SsTable open(
            TableSource source, IntFunction<? extends BlockSlots> cache, @Nullable FilterPolicy policy) {
        try {
            return new SsTable(source, cache, policy);
        } catch (RuntimeException | Error e) {
            try (source) {
                throw e;
            }
        }
    }

    /** The file. */
    public Path path() {
        return source.path();
    }

    /**
     * What {@code userKey} was at {@code sequence}: the newest entry with a sequence that is not greater. A deletion is
     * a tombstone. Nothing if this table knows of no such entry. The value is a part of its block, not a copy.
     *
     * @throws IllegalArgumentException if {@code sequence} is negative or greater than {@link InternalKey#MAX_SEQUENCE}
     */
    public Optional<Entry> get(Slice userKey, long sequence) {
        long tag = InternalKey.tag(sequence, ValueKind.VALUE);
        if (isOneFilter && isFilteredOut(0, userKey)) {
            return Optional.empty();
        }
        int block = index.find(userKey, tag);
        if (block == index.count()
                || (!isOneFilter && isFilteredOut(index.handle(block).offset(), userKey))) {
            return Optional.empty();
        }
        BlockCursor entries = block(block).cursor();
        entries.seek(userKey, tag);
        if (!entries.isAt(userKey)) {
            return Optional.empty();
        }
        return Optional.of(
                entries.kind() == ValueKind.DELETION
                        ? Entry.tombstone(userKey)
                        : Entry.value(userKey, entries.value()));
    }

    /**
     * About how many bytes of the file lie before the entries of {@code userKey}, whether it has any or not: the offset of the
     * data block in which the newest of them is or would be, and the size of the file if the key comes after all blocks. The
     * index says so: nothing is read.
     *
     * <p>Example: the table of the example in {@link TableBuilder}, of 168 bytes. {@code apple} is in block 0, at byte 0;
     * {@code banana} would be in block 1, at byte 32, where {@code cherry} is; {@code zebra} comes after all blocks: 168.
     */
    public long approximateOffset(Slice userKey) {
        int block = index.find(userKey, InternalKey.tag(InternalKey.MAX_SEQUENCE, ValueKind.VALUE));
        return block == index.count() ? source.sizeBytes() : index.handle(block).offset();
    }

    private boolean isFilteredOut(long blockOffset, Slice userKey) {
        return filters != null && !filters.mayContain(blockOffset, userKey);
    }

    /**
     * A cursor over all entries, which reads a block when it comes to it; a whole walk reads each once. {@link
     * ChainedCursor} is at your service. It is of no use any more when the table is closed.
     */
    public InternalCursor cursor() {
        return new ChainedCursor(new Blocks());
    }

    /**
     * As {@link #cursor}, but passes over data blocks that cannot be read for damage, as if they had no entries, and tells
     * {@code listener} of each, as often as it comes by: what a repair uses to save the rest.
     */
    public InternalCursor salvageCursor(Consumer<CorruptionException> listener) {
        return new ChainedCursor(new Blocks() {
            @Override
            public InternalCursor open(int number) {
                try {
                    return super.open(number);
                } catch (CorruptionException e) {
                    listener.accept(e);
                    return new Block(new byte[Integer.BYTES], path(), e.offset()).cursor(); // without entries
                }
            }
        });
    }

    /** A data block, from its place in memory if it is there. */
    private Block block(int number) {
        Block block = slots.get(number);
        if (block == null) {
            block = readBlock(index.handle(number));
            slots.put(number, block);
        }
        return block;
    }

    /** Closes the file, and gives up its places in memory. */
    @Override
    public void close() {
        slots.close();
        source.close();
    }

    private Block readBlock(BlockHandle handle) {
        return new Block(readContents(handle), source.path(), handle.offset());
    }

    private byte[] readContents(BlockHandle handle) {
        if (handle.offset() < 0
                || handle.sizeBytes() < 0
                || handle.sizeBytes() > BLOCK_BYTES_MAX
                || handle.offset() > source.sizeBytes() - BlockTrailer.BYTES - handle.sizeBytes()) {
            throw new CorruptionException(
                    source.path(),
                    handle.offset(),
                    "a block inside of " + source.sizeBytes() + " bytes",
                    handle.toString());
        }
        int size = (int) handle.sizeBytes();
        byte[] stored = source.read(handle.offset(), size + BlockTrailer.BYTES);
        int expected = new ByteReader(Slice.wrap(stored, size + 1, Integer.BYTES)).readFixed32();
        int actual = Crc32c.mask(Crc32c.of(stored, 0, size + 1));
        if (expected != actual) {
            throw new CorruptionException(
                    source.path(), handle.offset(), "checksum %08x".formatted(expected), "%08x".formatted(actual));
        }
        try {
            byte[] contents = Arrays.copyOf(stored, size);
            return Compression.of(stored[size] & 0xff).decompress(contents, BLOCK_BYTES_MAX);
        } catch (UnknownFormatException e) {
            throw CorruptionException.unknownFormat(source.path(), handle.offset(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new CorruptionException(source.path(), handle.offset(), "a block", String.valueOf(e.getMessage()));
        }
    }

    private static Footer footer(TableSource source) {
        long at = source.sizeBytes() - Footer.BYTES;
        if (at < 0) {
            throw new CorruptionException(source.path(), 0, "a table", source.sizeBytes() + " bytes");
        }
        try {
            return Footer.decode(Slice.wrap(source.read(at, Footer.BYTES)));
        } catch (IllegalArgumentException | MalformedBytesException e) {
            throw new CorruptionException(source.path(), at, "a footer", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable FilterBlock filters(BlockHandle metaindex, FilterPolicy policy) {
        Slice wanted = Slice.utf8(FILTER_KEY_PREFIX + policy.name());
        Block block = readBlock(metaindex);
        BlockCursor entries = block.cursor(); // its keys are names, which end in no tag: nobody seeks here
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
            if (entries.key().equals(wanted)) {
                return new FilterBlock(policy, Slice.wrap(readContents(filterHandle(block, entries.value()))));
            }
        }
        return null;
    }

    private static BlockHandle filterHandle(Block metaindex, Slice encoded) {
        try {
            return BlockHandle.readFrom(new ByteReader(encoded));
        } catch (MalformedBytesException e) {
            throw metaindex.damaged("the handle of a filter", encoded.toString());
        }
    }

    /** The data blocks, found by the index. */
    private class Blocks implements ChainedCursor.Chain {
        @Override
        public int count() {
            return index.count();
        }

        @Override
        public int find(Slice internalKey) {
            return index.find(InternalKey.userKey(internalKey), InternalKey.tag(internalKey));
        }

        @Override
        public InternalCursor open(int number) {
            return block(number).cursor();
        }
    }
}
