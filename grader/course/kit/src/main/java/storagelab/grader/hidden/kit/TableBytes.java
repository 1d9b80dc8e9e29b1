package storagelab.grader.hidden.kit;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;

/**
 * Writes and reads the bytes of a sorted table without a builder or a table: what the student's builder wrote is read by
 * this, and what this wrote is read by the student's table.
 */
public final class TableBytes {
    public static final int BLOCK_BYTES = 4096;
    public static final int FOOTER_BYTES = 40;
    public static final long MAGIC = 0x31454c4241544c53L;

    /** A data block: its place in the file, its checksum not counted, and what it holds. */
    public record Block(Slice firstKey, long offset, int size, List<Entry> entries) {}

    /** A whole table, read back. */
    public record Decoded(
            List<Block> blocks, Slice largest, long indexOffset, int indexSize, long entryCount, long number) {
        public List<Entry> entries() {
            return blocks.stream().flatMap(block -> block.entries().stream()).toList();
        }
    }

    private TableBytes() {}

    /**
     * What stands in a table, which need not be what a builder would write: checksums are right, the rest is as given.
     *
     * @param blocks the entries of each data block
     * @param firstKeys the first key of each block, as the index has it
     * @param largest the largest key, as the index has it
     * @param entryCount the number of entries, as the footer has it
     */
    public record Content(List<List<Entry>> blocks, List<Slice> firstKeys, Slice largest, long entryCount) {
        /** What a builder writes for {@code sorted}, which has at least one entry. */
        public static Content of(List<Entry> sorted) {
            List<List<Entry>> blocks = cutIntoBlocks(sorted);
            List<Slice> firstKeys =
                    blocks.stream().map(block -> block.get(0).key()).toList();
            return new Content(blocks, firstKeys, sorted.get(sorted.size() - 1).key(), sorted.size());
        }

        /** The bytes of the file. */
        public byte[] encode(long number) {
            return encode(number, 1, 0);
        }

        /** The same with another version, and with {@code gapBytes} between the last block and the index. */
        public byte[] encode(long number, int version, int gapBytes) {
            ByteWriter file = new ByteWriter(1 << 16);
            ByteWriter index = new ByteWriter(256);
            index.putVarint32(blocks.size());
            for (int i = 0; i < blocks.size(); i++) {
                int offset = file.size();
                blocks.get(i).forEach(entry -> TableBytes.encode(entry, file));
                int size = file.size() - offset;
                file.putFixed32(file.crc32c(offset, offset + size));
                index.putLengthPrefixed(firstKeys.get(i)).putVarint64(offset).putVarint32(size);
            }
            index.putLengthPrefixed(largest);
            file.putBytes(Slice.wrap(new byte[gapBytes]));
            int indexOffset = file.size();
            file.putBytes(index.toSlice()).putFixed32(Crc32c.of(index.toSlice().toByteArray()));
            file.putFixed64(indexOffset).putFixed32(index.size()).putFixed64(entryCount);
            file.putFixed64(number).putFixed32(version).putFixed64(MAGIC);
            return file.toSlice().toByteArray();
        }
    }

    /** The one file that holds {@code sorted}, which has at least one entry. */
    public static byte[] encode(long number, List<Entry> sorted) {
        return Content.of(sorted).encode(number);
    }

    /**
     * Reads a whole table.
     *
     * @throws AssertionError if the bytes are not a table, with what is wrong
     */
    public static Decoded decode(byte[] file) {
        check(file.length > FOOTER_BYTES, "a table of " + file.length + " bytes has no room for a footer of 40");
        ByteReader footer = new ByteReader(Slice.wrap(file, file.length - FOOTER_BYTES, FOOTER_BYTES));
        long indexOffset = footer.readFixed64();
        int indexSize = footer.readFixed32();
        long entryCount = footer.readFixed64();
        long number = footer.readFixed64();
        int version = footer.readFixed32();
        long magic = footer.readFixed64();
        check(
                magic == MAGIC,
                String.format("the last eight bytes of the table are %016x, not the magic number", magic));
        check(version == 1, "the footer says version " + version + ", not 1");
        check(
                indexOffset >= 0 && indexSize > 0 && indexOffset + indexSize + 4 == file.length - FOOTER_BYTES,
                "the footer says that the index is " + indexSize + " bytes at offset " + indexOffset
                        + ", but index, checksum and footer do not end a file of " + file.length + " bytes then");
        checkCrc(file, (int) indexOffset, indexSize, "the index");
        ByteReader index = new ByteReader(Slice.wrap(file, (int) indexOffset, indexSize));
        int blockCount = index.readVarint32();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < blockCount; i++) {
            blocks.add(decodeBlock(file, i, index.readLengthPrefixed(), index.readVarint64(), index.readVarint32()));
        }
        Slice largest = index.readLengthPrefixed();
        check(index.remaining() == 0, index.remaining() + " bytes are left over at the end of the index");
        return new Decoded(blocks, largest, indexOffset, indexSize, entryCount, number);
    }

    /** The entries of each block: as many as fit 4,096 bytes, or one that is larger. */
    public static List<List<Entry>> cutIntoBlocks(List<Entry> sorted) {
        List<List<Entry>> blocks = new ArrayList<>();
        int size = 0;
        for (Entry entry : sorted) {
            int entryBytes = sizeOf(entry);
            if (blocks.isEmpty() || size + entryBytes > BLOCK_BYTES) {
                blocks.add(new ArrayList<>());
                size = 0;
            }
            blocks.get(blocks.size() - 1).add(entry);
            size += entryBytes;
        }
        return blocks;
    }

    public static int sizeOf(Entry entry) {
        ByteWriter bytes = new ByteWriter(64);
        encode(entry, bytes);
        return bytes.size();
    }

    private static void encode(Entry entry, ByteWriter target) {
        target.putByte(entry.tombstone() ? 0 : 1).putLengthPrefixed(entry.key());
        if (!entry.tombstone()) {
            target.putLengthPrefixed(entry.value());
        }
    }

    private static Block decodeBlock(byte[] file, int number, Slice firstKey, long offset, int size) {
        String name = "block " + number;
        check(
                offset >= 0 && size > 0 && offset + size + 4 <= file.length,
                "the index says that " + name + " is " + size + " bytes at offset " + offset + " of a file of "
                        + file.length);
        checkCrc(file, (int) offset, size, name);
        ByteReader reader = new ByteReader(Slice.wrap(file, (int) offset, size));
        List<Entry> entries = new ArrayList<>();
        while (reader.remaining() > 0) {
            boolean tombstone = reader.readByte() == 0;
            Slice key = reader.readLengthPrefixed();
            entries.add(tombstone ? Entry.tombstone(key) : Entry.value(key, reader.readLengthPrefixed()));
        }
        check(
                entries.get(0).key().equals(firstKey),
                "the index says that " + name + " begins with " + firstKey + ", but it begins with "
                        + entries.get(0).key());
        return new Block(firstKey, offset, size, entries);
    }

    private static void checkCrc(byte[] file, int offset, int size, String name) {
        int stored = new ByteReader(Slice.wrap(file, offset + size, 4)).readFixed32();
        int computed = Crc32c.of(file, offset, size);
        check(
                stored == computed,
                String.format(
                        "%s (%d bytes at offset %d) is followed by the checksum %08x, but its bytes have %08x",
                        name, size, offset, stored, computed));
    }

    private static void check(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
