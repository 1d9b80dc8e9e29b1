package storagelab.sortedlog;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.ImmutableList;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.Crc32c;
import storagelab.codec.MalformedBytesException;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * A sorted table that is open for reading. Its index is in memory, its entries are not: a get searches the index by
 * halving, reads the one block that can hold the key, and looks through it.
 *
 * <p>Format: see {@link SortedTableBuilder}.
 *
 * <p>Example: a table whose three blocks begin with {@code "apple"}, {@code "grape"} and {@code "plum"} and whose largest
 * key is {@code "quince"}. {@code get("kiwi")} finds that the last block to begin with a key that is not greater is the
 * second; if {@code "kiwi"} is anywhere, it is there. {@code get("aardvark")} and {@code get("yam")} read nothing.
 *
 * <p>Errors: {@link CorruptionException} with the file and the offset of the part (block, index or footer) that is not
 * what a builder writes; {@link storagelab.api.StorageIoException} when the file system refuses. Bytes from a file are
 * never trusted: not a length, not an offset, before the checksum over them has been compared.
 *
 * <p>Do the work with a {@link StoreFile}.
 *
 * <p>Concurrency: {@code get} from many threads at once.
 */
@Exercise(
        id = "1.5",
        title = "Find a key with one block read",
        points = 10,
        difficulty = Difficulty.MEDIUM,
        hours = 3,
        needs = "1.4")
public final class SortedTable implements Closeable {
    private final StoreFile file;
    private final StatsRecorder stats;
    private final TableInfo info;
    private final List<BlockRef> index;

    private SortedTable(StoreFile file, StatsRecorder stats, TableInfo info, List<BlockRef> index) {
        this.file = file;
        this.stats = stats;
        this.info = info;
        this.index = index;
    }

    /**
     * Opens the table in {@code file}. Reads the footer and the index, and no data block, however large the table is.
     *
     * @param number the file number the table must have
     * @throws CorruptionException if the file is shorter than a footer; if the magic, version, or number is another; if
     *     the index does not end where the footer begins, or its checksum is not right; if it has no blocks, or blocks
     *     that do not fill the file up to the index one after the other
     */
    public static SortedTable open(Path file, long number, StatsRecorder stats) {
        StoreFile opened = StoreFile.openForReading(file, stats);
        try {
            Footer footer = Footer.read(opened, number);
            List<BlockRef> index = new ArrayList<>();
            Slice largest = readIndex(opened, footer, index);
            TableInfo info = new TableInfo(number, footer.entries, opened.sizeBytes(), index.get(0).firstKey, largest);
            return new SortedTable(opened, stats, info, List.copyOf(index));
        } catch (RuntimeException | Error e) {
            try (opened) {
                throw e;
            }
        }
    }

    /**
     * The entry of {@code key}: its value, its tombstone, or nothing if this table does not know the key. The slices of
     * the entry are views of the block that was read, which stays in memory as long as they do.
     *
     * <p>Cost: no read if the key is outside {@code [smallest, largest]}; otherwise one block, found with at most
     * ⌊log₂ blocks⌋ + 1 comparisons, read with one {@link StoreFile#read}, checksum included, and counted as one {@link
     * FileMetrics#BLOCKS_READ}.
     *
     * @throws CorruptionException with the offset of the block, if its checksum is not right, or one of its entries up to
     *     where the key is or would be; those after it need not be looked at
     */
    public Optional<Entry> get(Slice key) {
        if (!info.covers(key)) {
            return Optional.empty();
        }
        BlockRef block = index.get(blockFor(key));
        for (Iterator<Entry> entries = entriesOf(block); entries.hasNext(); ) {
            Entry entry = entries.next();
            int order = entry.key().compareTo(key);
            if (order >= 0) {
                return order == 0 ? Optional.of(entry) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Every entry in ascending order of the keys. Reads a block when its first entry is asked for, so that one is in
     * memory at a time, and counts it as {@link FileMetrics#BLOCKS_READ}. The iterator throws {@link CorruptionException} when
     * it gets to a damaged block.
     */
    public Iterator<Entry> entries() {
        Iterator<BlockRef> blocks = index.iterator();
        return new AbstractIterator<>() {
            private Iterator<Entry> current = List.<Entry>of().iterator();

            @Override
            protected @Nullable Entry computeNext() {
                while (!current.hasNext()) {
                    if (!blocks.hasNext()) {
                        return endOfData();
                    }
                    current = entriesOf(blocks.next());
                }
                return current.next();
            }
        };
    }

    /** What is in the table, from its footer and index. */
    public TableInfo info() {
        return info;
    }

    /** Number of data blocks. */
    public int blockCount() {
        return index.size();
    }

    /**
     * The first key of a data block, from the index in memory: nothing is read. Blocks are numbered from 0 in the order of
     * their keys. So the table of the example has {@code firstKey(1)} equal to {@code "grape"}, and every key of block 1 is
     * at least {@code "grape"} and less than {@code "plum"}.
     *
     * <p>With {@link #blockCount} and {@link #readBlock} this is what lab 2 needs to walk through a table both ways.
     *
     * @throws IndexOutOfBoundsException if {@code block} is not in {@code [0, blockCount())}
     */
    public Slice firstKey(int block) {
        return index.get(block).firstKey;
    }

    /**
     * All entries of a data block, ascending; there is at least one. The list cannot be changed, and its slices are views of
     * the block that was read.
     *
     * <p>Cost: one {@link StoreFile#read}, checksum included, counted as one {@link FileMetrics#BLOCKS_READ}.
     *
     * @throws IndexOutOfBoundsException if {@code block} is not in {@code [0, blockCount())}; nothing is read then
     * @throws CorruptionException with the offset of the block, if its checksum or any of its entries is not right
     */
    public List<Entry> readBlock(int block) {
        return ImmutableList.copyOf(entriesOf(index.get(block)));
    }

    /**
     * Reads the whole table and proves that it is one: every checksum is right, keys ascend through all blocks, every
     * block begins with the key that the index has for it, the last key is the largest, and there are as many entries as
     * the footer says.
     *
     * @throws CorruptionException with the offset of the first block where that fails; for the number of entries, with
     *     the size of the file
     */
    public void verify() {
        long entries = 0;
        Slice previous = null;
        for (BlockRef block : index) {
            Slice firstKey = null;
            for (Iterator<Entry> rest = entriesOf(block); rest.hasNext(); entries++) {
                Slice key = rest.next().key();
                if (previous != null && previous.compareTo(key) >= 0) {
                    throw damaged(block.offset, "a key after " + previous, key.toString());
                }
                firstKey = firstKey == null ? key : firstKey;
                previous = key;
            }
            if (!block.firstKey.equals(firstKey)) {
                throw damaged(block.offset, "a block that begins with " + block.firstKey, String.valueOf(firstKey));
            }
        }
        if (!info.largest().equals(previous)) {
            long lastBlock = index.get(index.size() - 1).offset;
            throw damaged(lastBlock, "the largest key " + info.largest(), String.valueOf(previous));
        }
        if (entries != info.entries()) {
            throw damaged(info.sizeBytes(), info.entries() + " entries", entries + " entries");
        }
    }

    /** Closes the file. */
    @Override
    public void close() {
        file.close();
    }

    /** The index of the last block whose first key is not greater than {@code key}; there is one, as the table covers it. */
    private int blockFor(Slice key) {
        // The loop of exercise 1.1 with another question.
        // Invariant: block low - 1 begins at or before key (or low = 0), block high begins after it (or there is none).
        int low = 0;
        int high = index.size();
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (index.get(middle).firstKey.compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private Iterator<Entry> entriesOf(BlockRef block) {
        stats.increment(FileMetrics.BLOCKS_READ);
        ByteReader reader = new ByteReader(readChecked(file, block.offset, block.sizeBytes));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return reader.remaining() > 0;
            }

            @Override
            public Entry next() {
                try {
                    return EntryCodec.read(reader);
                } catch (MalformedBytesException e) {
                    throw damaged(block.offset, "entries", e.getMessage());
                }
            }
        };
    }

    private CorruptionException damaged(long offset, String expected, @Nullable String actual) {
        return new CorruptionException(file.path(), offset, expected, String.valueOf(actual));
    }

    /** The {@code size} bytes at {@code offset}, which are followed by their checksum. */
    private static Slice readChecked(StoreFile file, long offset, int size) {
        byte[] bytes = file.read(offset, size + SortedTableLayout.CRC_BYTES);
        int expected = new ByteReader(Slice.wrap(bytes, size, SortedTableLayout.CRC_BYTES)).readFixed32();
        int actual = Crc32c.of(bytes, 0, size);
        if (actual != expected) {
            throw new CorruptionException(
                    file.path(), offset, "checksum %08x".formatted(expected), "%08x".formatted(actual));
        }
        return Slice.wrap(bytes, 0, size);
    }

    /** Reads the blocks into {@code blocks} and returns the largest key. */
    private static Slice readIndex(StoreFile file, Footer footer, List<BlockRef> blocks) {
        ByteReader reader = new ByteReader(readChecked(file, footer.indexOffset, footer.indexSize));
        try {
            int count = reader.readVarint32();
            long expectedOffset = 0;
            for (int i = 0; i < count; i++) {
                BlockRef block =
                        new BlockRef(reader.readLengthPrefixed(), reader.readVarint64(), reader.readVarint32());
                if (block.offset != expectedOffset || block.sizeBytes < 1) {
                    throw new MalformedBytesException("block " + i + " of " + block.sizeBytes + " bytes at "
                            + block.offset + " instead of " + expectedOffset);
                }
                expectedOffset += block.sizeBytes + (long) SortedTableLayout.CRC_BYTES;
                blocks.add(block);
            }
            Slice largest = reader.readLengthPrefixed();
            if (count < 1 || expectedOffset != footer.indexOffset || reader.remaining() > 0) {
                throw new MalformedBytesException(count + " blocks that end at byte " + expectedOffset + ", and "
                        + reader.remaining() + " bytes after the largest key");
            }
            return largest;
        } catch (MalformedBytesException e) {
            throw new CorruptionException(
                    file.path(),
                    footer.indexOffset,
                    "an index of blocks that fill bytes 0 to " + footer.indexOffset,
                    String.valueOf(e.getMessage()));
        }
    }

    /** Where a block is and with which key it begins. */
    private record BlockRef(Slice firstKey, long offset, int sizeBytes) {}

    /** The last 40 bytes of a table. */
    private record Footer(long indexOffset, int indexSize, long entries) {
        static Footer read(StoreFile file, long number) {
            long offset = file.sizeBytes() - SortedTableLayout.FOOTER_BYTES;
            if (offset < 0) {
                throw new CorruptionException(
                        file.path(), 0, "at least a footer of 40 bytes", file.sizeBytes() + " bytes");
            }
            ByteReader reader = new ByteReader(Slice.wrap(file.read(offset, SortedTableLayout.FOOTER_BYTES)));
            Footer footer = new Footer(reader.readFixed64(), reader.readFixed32(), reader.readFixed64());
            long actualNumber = reader.readFixed64();
            int version = reader.readFixed32();
            long magic = reader.readFixed64();
            check(magic == SortedTableLayout.MAGIC, file, "the magic number of a table", "%016x".formatted(magic));
            check(version == SortedTableLayout.VERSION, file, "version 1", "version " + version);
            check(actualNumber == number, file, "table number " + number, "number " + actualNumber);
            check(
                    footer.indexOffset >= 0
                            && footer.indexSize >= 0
                            && footer.indexSize == offset - SortedTableLayout.CRC_BYTES - footer.indexOffset,
                    file,
                    "an index that ends at byte " + offset,
                    footer.indexSize + " bytes at " + footer.indexOffset);
            return footer;
        }

        private static void check(boolean right, StoreFile file, String expected, String actual) {
            if (!right) {
                long offset = file.sizeBytes() - SortedTableLayout.FOOTER_BYTES;
                throw new CorruptionException(file.path(), offset, expected, actual);
            }
        }
    }
}
