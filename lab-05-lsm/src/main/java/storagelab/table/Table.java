package storagelab.table;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.codec.ByteReader;
import storagelab.codec.Crc32c;
import storagelab.codec.MalformedBytesException;
import storagelab.sortedlog.Entry;

/**
 * A table that {@link TableBuilder}, or LevelDB, has written, open for reading. The index and the filters are in
 * memory; data blocks are read as they are wanted, and kept in a {@link BlockCache}.
 *
 * <p>Cost: opening, four reads. {@link #get} of a key that the filter knows not to be here: no read; of others, one
 * block, if it is not in the cache.
 *
 * <p>Errors: {@link CorruptionException}, with the file and the offset of the block, for a checksum that is not right
 * and for whatever makes no sense.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class Table implements Closeable {
    static final String FILTER_KEY_PREFIX = "filter.";

    /** No block is larger than this when it is uncompressed: damaged sizes are found out before memory is asked for. */
    private static final int BLOCK_BYTES_MAX = 1 << 30;

    private final TableSource source;
    private final TableIndex index;
    private final BlockCache.Slots cached;
    private final @Nullable FilterBlock filters;

    private Table(TableSource source, BlockCache cache, @Nullable FilterPolicy policy) {
        this.source = source;
        Footer footer = footer(source);
        this.index = new TableIndex(readBlock(footer.index()));
        this.cached = cache.slots(index.count());
        this.filters = policy == null ? null : filters(footer.metaindex(), policy);
    }

    /**
     * Opens a table, and takes over {@code source}, which is closed if this throws.
     *
     * @param policy reads the filters that were made by a policy of this name; others are left alone. Null for none
     */
    public static Table open(TableSource source, BlockCache cache, @Nullable FilterPolicy policy) {
        try {
            return new Table(source, cache, policy);
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
     * a tombstone. Nothing if this table knows of no such entry.
     */
    public Optional<Entry> get(Slice userKey, long sequence) {
        long tag = InternalKey.tag(sequence, ValueKind.VALUE);
        int block = index.find(userKey, tag);
        if (block == index.count()
                || (filters != null && !filters.mayContain(index.handle(block).offset(), userKey))) {
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

    /** A cursor over all entries. It is of no use any more when the table is closed. */
    public InternalCursor cursor() {
        return new ChainedCursor(new Blocks());
    }

    /**
     * As {@link #cursor}, but passes over data blocks that are damaged, and tells {@code listener} of each, as often as it
     * comes by.
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

    /** A data block, from the cache if it is there. */
    private Block block(int number) {
        Block block = cached.get(number);
        if (block == null) {
            block = readBlock(index.handle(number));
            cached.put(number, block);
        }
        return block;
    }

    /** Closes the file, and takes its blocks out of the cache. */
    @Override
    public void close() {
        cached.close();
        source.close();
    }

    private Block readBlock(BlockHandle handle) {
        return new Block(readContents(handle), source.path(), handle.offset());
    }

    private byte[] readContents(BlockHandle handle) {
        long end = handle.offset() + handle.sizeBytes() + BlockTrailer.BYTES;
        if (handle.offset() < 0
                || handle.sizeBytes() < 0
                || handle.sizeBytes() > BLOCK_BYTES_MAX
                || end > source.sizeBytes()) {
            throw new CorruptionException(
                    source.path(),
                    handle.offset(),
                    "a block inside of " + source.sizeBytes() + " bytes",
                    handle.toString());
        }
        int size = (int) handle.sizeBytes();
        byte[] stored = source.read(handle.offset(), size + BlockTrailer.BYTES);
        int expected = new ByteReader(Slice.wrap(stored, size + 1, Integer.BYTES)).readFixed32();
        int actual = BlockTrailer.mask(Crc32c.of(stored, 0, size + 1));
        if (expected != actual) {
            throw new CorruptionException(
                    source.path(), handle.offset(), "checksum %08x".formatted(expected), "%08x".formatted(actual));
        }
        try {
            byte[] contents = Arrays.copyOf(stored, size);
            return Compression.of(stored[size] & 0xff).decompress(contents, BLOCK_BYTES_MAX);
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
        BlockCursor entries =
                readBlock(metaindex).cursor(); // its keys are names, which end in no tag: nobody seeks here
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
            if (entries.key().equals(wanted)) {
                return new FilterBlock(policy, Slice.wrap(readContents(filterHandle(entries.value()))));
            }
        }
        return null;
    }

    private BlockHandle filterHandle(Slice encoded) {
        try {
            return BlockHandle.readFrom(new ByteReader(encoded));
        } catch (MalformedBytesException e) {
            throw new CorruptionException(source.path(), 0, "the handle of a filter", encoded.toString());
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
