package storagelab.sstable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.ValueKind;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.codec.FlippedBit;
import storagelab.codec.MalformedBytesException;

/**
 * What can still be read of a table that may be damaged anywhere, for a repair. Each data block has a checksum of its own, so
 * it is worth reading whether or not the index that leads to it is whole.
 *
 * <ul>
 *   <li>A block with one {@linkplain FlippedBit flipped bit} is mended.
 *   <li>If the index is whole, the blocks are where it says.
 *   <li>If it is not, blocks are looked for. They follow one another from the beginning of the file: where one
 *       begins, its end is the first place at which a checksum stands that is right for all bytes before it. Handles in the
 *       damaged index are tried first. After a damaged block the next one begins at the first place from which such an end
 *       is found.
 * </ul>
 *
 * <p>No entry is returned of a block whose checksum does not fit: a wrong value is worse than a missing one.
 *
 * <p>Cost: a whole table is read once to find out, a table without index twice, and each block again by a cursor. Looking
 * for blocks ends after {@value #STEPS_MAX} bytes of checksums.
 *
 * <p>Concurrency: one thread.
 */
public final class TableSalvage implements Closeable {
    private static final int BLOCK_BYTES_MAX = 1 << 30;
    private static final int SEARCHED_BYTES_MAX = 1 << 30;
    private static final int GUESSED_BLOCK_BYTES_MAX = 256 << 10;
    private static final long STEPS_MAX = 1 << 29;

    private final TableSource source;
    private final Consumer<CorruptionException> listener;
    private final List<BlockHandle> parts = new ArrayList<>(); // data blocks that are whole, in their order
    private final Set<Slice> encodedParts = new HashSet<>(); // their handles, as an index has them
    private final List<Slice> lasts = new ArrayList<>(); // the last key of each
    private long newestSequence;
    private long stepsLeft = STEPS_MAX;

    private TableSalvage(TableSource source, Consumer<CorruptionException> listener) {
        this.source = source;
        this.listener = listener;
    }

    /**
     * Finds the blocks of a table, and takes over {@code source}, which is closed if this throws.
     *
     * @param listener is told of each part that cannot be read, once
     * @throws StorageIoException if blocks that are whole have their keys in another order than {@link InternalKeyOrder}
     */
    public static TableSalvage open(TableSource source, Consumer<CorruptionException> listener) {
        TableSalvage salvage = new TableSalvage(source, listener);
        try {
            salvage.find();
            return salvage;
        } catch (RuntimeException | Error e) {
            try (source) {
                throw e;
            }
        }
    }

    /** How many data blocks can be read. */
    public int count() {
        return parts.size();
    }

    /** The largest sequence in them; 0 without any. */
    public long newestSequence() {
        return newestSequence;
    }

    /** A cursor over their entries. */
    public InternalCursor cursor() {
        return new ChainedCursor(new ChainedCursor.Chain() {
            @Override
            public int count() {
                return parts.size();
            }

            @Override
            public int find(Slice internalKey) {
                int index = 0;
                while (index < lasts.size() && InternalKeyOrder.ORDER.compare(lasts.get(index), internalKey) < 0) {
                    index++;
                }
                return index;
            }

            @Override
            public InternalCursor open(int index) {
                return block(parts.get(index)).cursor();
            }
        });
    }

    @Override
    public void close() {
        source.close();
    }

    private void find() {
        BlockHandle index = index();
        List<BlockHandle> handles = new ArrayList<>();
        if (index != null && isWholeIndex(index, handles)) {
            handles.forEach(this::takeListed);
            return;
        }
        if (index != null && handles.isEmpty()) {
            readGuesses(index, handles);
        }
        NavigableMap<Long, BlockHandle> guesses = new TreeMap<>();
        handles.forEach(handle -> guesses.put(handle.offset(), handle));
        search(guesses);
    }

    /** Where the footer says that the index is, whatever its magic number; null if it says nothing. */
    private @Nullable BlockHandle index() {
        if (source.sizeBytes() < Footer.BYTES) {
            return null;
        }
        ByteReader in = new ByteReader(Slice.wrap(source.read(source.sizeBytes() - Footer.BYTES, Footer.BYTES)));
        try {
            BlockHandle unused = BlockHandle.readFrom(in); // the metaindex
            return BlockHandle.readFrom(in);
        } catch (MalformedBytesException e) {
            return null;
        }
    }

    /** Reads the index. It is whole if its checksum is right, and its blocks follow one another from the beginning. */
    private boolean isWholeIndex(BlockHandle index, List<BlockHandle> handles) {
        try {
            readIndex(contents(index, true), handles);
        } catch (CorruptionException e) {
            listener.accept(e);
            return false;
        }
        long end = 0;
        for (BlockHandle handle : handles) {
            if (handle.offset() != end || handle.sizeBytes() < 0) {
                return false;
            }
            end += handle.sizeBytes() + BlockTrailer.BYTES;
        }
        return end <= index.offset();
    }

    /** Takes a data block that a whole index names. */
    private void takeListed(BlockHandle handle) {
        try {
            Slice disorder = take(handle, block(handle));
            if (disorder != null) {
                throw new StorageIoException(
                        "repairing " + source.path(),
                        new IOException("the block at byte " + handle.offset() + " is whole, and its key "
                                + InternalKey.userKey(disorder)
                                + " is not after the one before it: the store was made with"
                                + " another order of keys; give its comparator"));
            }
        } catch (CorruptionException e) {
            listener.accept(e);
        }
    }

    /**
     * Remembers a data block. Returns the first key that is not after the one before, in which case nothing is remembered; null
     * if all are in order.
     */
    private @Nullable Slice take(BlockHandle handle, Block block) {
        Slice last = lasts.isEmpty() ? null : lasts.get(lasts.size() - 1);
        long newest = newestSequence;
        BlockCursor entries = block.cursor();
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
            Slice key = entries.key();
            if ((InternalKey.tag(key) & 0xff) > ValueKind.VALUE.code()) {
                throw block.damaged("a put or a deletion", key.toString());
            }
            if (last != null && InternalKeyOrder.ORDER.compare(last, key) >= 0) {
                return key;
            }
            newest = Math.max(newest, InternalKey.sequence(key));
            last = key;
        }
        if (last != null) {
            ByteWriter encoded = new ByteWriter(BlockHandle.ENCODED_BYTES_MAX);
            handle.writeTo(encoded);
            encodedParts.add(encoded.toSlice());
            parts.add(handle);
            lasts.add(last);
            newestSequence = newest;
        }
        return null;
    }

    private void readIndex(byte[] contents, List<BlockHandle> handles) {
        Block block = new Block(contents, source.path(), 0);
        BlockCursor entries = block.cursor();
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
            try {
                handles.add(BlockHandle.readFrom(new ByteReader(entries.value())));
            } catch (MalformedBytesException e) {
                throw block.damaged("a block handle", entries.value().toString());
            }
        }
    }

    /** Adds handles of an index whose checksum is not right, up to the first that makes no sense. Any of them may be wrong. */
    private void readGuesses(BlockHandle index, List<BlockHandle> handles) {
        try {
            readIndex(contents(index, false), handles);
        } catch (CorruptionException e) {
            listener.accept(e); // those before it are there
        }
    }

    /** Looks for data blocks from the beginning of the file on. */
    private void search(NavigableMap<Long, BlockHandle> guesses) {
        if (source.sizeBytes() > SEARCHED_BYTES_MAX) {
            listener.accept(new CorruptionException(
                    source.path(), 0, "an index", "a table of " + source.sizeBytes() + " bytes without one"));
            return;
        }
        byte[] bytes = source.read(0, (int) source.sizeBytes());
        long lost = -1; // where a part begins of which no block is found
        int at = 0;
        while (at < bytes.length - BlockTrailer.BYTES && stepsLeft > 0) {
            BlockHandle handle = blockAt(bytes, at, guesses);
            if (handle == null) {
                lost = lost < 0 ? at : lost;
                at = nextStart(bytes, at + 1, guesses);
                continue;
            }
            if (lost >= 0) {
                report(lost, at);
            }
            lost = -1;
            if (!takeFound(handle)) {
                return; // the filters, or the index: data blocks come first
            }
            at = (int) (handle.offset() + handle.sizeBytes()) + BlockTrailer.BYTES;
        }
        if (lost >= 0) {
            report(lost, bytes.length);
        }
    }

    private void report(long from, long to) {
        listener.accept(
                new CorruptionException(source.path(), from, "data blocks", (to - from) + " bytes without one"));
    }

    /** Remembers a block that was found, if it is a data block. */
    private boolean takeFound(BlockHandle handle) {
        try {
            Block block = block(handle);
            return !isIndex(block) && take(handle, block) == null;
        } catch (CorruptionException e) {
            return false;
        }
    }

    /** Whether a value is the handle of a data block. */
    private boolean isIndex(Block block) {
        BlockCursor entries = block.cursor();
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
            if (encodedParts.contains(entries.value())) {
                return true;
            }
        }
        return false;
    }

    /** The block that begins at a place where one may, if there is one. */
    private @Nullable BlockHandle blockAt(byte[] bytes, int at, NavigableMap<Long, BlockHandle> guesses) {
        BlockHandle guess = guesses.get((long) at);
        if (guess != null && isWhole(guess)) {
            return guess;
        }
        return firstEnd(bytes, at, bytes.length);
    }

    private boolean isWhole(BlockHandle handle) {
        try {
            byte[] unused = contents(handle, true);
            return true;
        } catch (CorruptionException e) {
            return false;
        }
    }

    /** The next place from {@code from} on at which a block begins; the end of the file if none is found. */
    private int nextStart(byte[] bytes, int from, NavigableMap<Long, BlockHandle> guesses) {
        for (int at = Math.max(from, BlockTrailer.BYTES); at < bytes.length - BlockTrailer.BYTES; at++) {
            BlockHandle guess = guesses.get((long) at);
            if (guess != null && isWhole(guess)) {
                return at;
            }
            boolean isAfterTrailer = isCompression(bytes[at - BlockTrailer.BYTES]);
            if (isAfterTrailer && firstEnd(bytes, at, at + GUESSED_BLOCK_BYTES_MAX) != null) {
                return at;
            }
            if (stepsLeft <= 0) {
                break;
            }
        }
        return bytes.length;
    }

    /** The block from {@code start} to the first trailer with the right checksum before {@code limit}. */
    private @Nullable BlockHandle firstEnd(byte[] bytes, int start, int limit) {
        int register = -1;
        int end = Math.min(limit, bytes.length - Integer.BYTES);
        for (int at = start; at < end && stepsLeft > 0; at++) {
            stepsLeft--;
            register = FlippedBit.step(register, bytes[at]);
            if (isCompression(bytes[at]) && at - start >= Integer.BYTES) {
                int stored = new ByteReader(Slice.wrap(bytes, at + 1, Integer.BYTES)).readFixed32();
                if (stored == Crc32c.mask(~register)) {
                    return new BlockHandle(start, at - start);
                }
            }
        }
        return null;
    }

    private static boolean isCompression(byte code) {
        return code >= 0 && code < Compression.values().length;
    }

    private Block block(BlockHandle handle) {
        return new Block(contents(handle, true), source.path(), handle.offset());
    }

    /** What a block has, uncompressed; with {@code checked} only if its checksum is right, or is after a bit is mended. */
    private byte[] contents(BlockHandle handle, boolean checked) {
        long room = source.sizeBytes() - BlockTrailer.BYTES - handle.sizeBytes();
        if (handle.offset() < 0
                || handle.sizeBytes() < 0
                || handle.sizeBytes() > BLOCK_BYTES_MAX
                || handle.offset() > room) {
            throw new CorruptionException(
                    source.path(),
                    Math.max(0, handle.offset()),
                    "a block inside of " + source.sizeBytes() + " bytes",
                    handle.toString());
        }
        int size = (int) handle.sizeBytes();
        byte[] stored = source.read(handle.offset(), size + BlockTrailer.BYTES);
        int expected = new ByteReader(Slice.wrap(stored, size + 1, Integer.BYTES)).readFixed32();
        byte[] bytes = Arrays.copyOf(stored, size + 1);
        int actual = Crc32c.of(bytes);
        byte[] mended = expected == Crc32c.mask(actual) ? bytes : FlippedBit.mended(bytes, expected, actual);
        if (mended == null && checked) {
            throw new CorruptionException(
                    source.path(),
                    handle.offset(),
                    "checksum %08x".formatted(expected),
                    "%08x".formatted(Crc32c.mask(actual)));
        }
        byte[] typed = mended == null ? bytes : mended;
        try {
            return Compression.of(typed[size] & 0xff).decompress(Arrays.copyOf(typed, size), BLOCK_BYTES_MAX);
        } catch (IllegalArgumentException e) {
            throw new CorruptionException(source.path(), handle.offset(), "a block", String.valueOf(e.getMessage()));
        }
    }
}
