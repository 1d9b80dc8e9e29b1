package storagelab.grader.hidden.lab05;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.sstable.Compression;

/**
 * Puts a table together block by block, with checksums that are right: one that another program may have written, or
 * one that nobody can have written.
 */
final class TableForge {
    private final ByteWriter out = new ByteWriter(1 << 16);
    private final Map<Slice, Slice> index = Blocks.none();
    private final Map<Slice, Slice> meta = new TreeMap<>();
    private final List<Long> offsets = new ArrayList<>();

    /** As LevelDB masks a checksum. */
    static int mask(int crc) {
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    /** A handle as it stands in a file. */
    static Slice handle(long offset, long size) {
        return new ByteWriter(20).putVarint64(offset).putVarint64(size).toSlice();
    }

    /** Appends a block as it is to be stored, with the code {@code code}; its handle. */
    Slice append(Slice stored, int code) {
        offsets.add((long) out.size());
        Slice handle = handle(out.size(), stored.length());
        int from = out.size();
        out.putBytes(stored).putByte(code);
        out.putFixed32(mask(Crc32c.of(out.toSlice().toByteArray(), from, stored.length() + 1)));
        return handle;
    }

    /** Appends a data block of {@code entries}, whose separator is its last key. */
    TableForge data(TreeMap<Slice, Slice> entries, Compression compression) {
        return indexed(
                entries.lastKey(),
                append(compression.compress(Slice.wrap(Blocks.bytes(entries, 3))), compression.code()));
    }

    /** Has the index say that {@code value} is the handle of the block up to {@code separator}. */
    TableForge indexed(Slice separator, Slice value) {
        index.put(separator, value);
        return this;
    }

    /** Has the metaindex say that the block called {@code name} has the handle {@code value}. */
    TableForge meta(String name, Slice value) {
        meta.put(Slice.utf8(name), value);
        return this;
    }

    /** Where the blocks begin that were appended, in this order; the metaindex and the index are the last two. */
    List<Long> offsets() {
        return offsets;
    }

    /** Metaindex, index and footer behind everything. */
    byte[] finish() {
        Slice metaindexHandle = append(Slice.wrap(Blocks.bytes(meta, 16)), 0);
        Slice indexHandle = append(Slice.wrap(Blocks.bytes(index, 1)), 0);
        return finish(metaindexHandle, indexHandle);
    }

    /** The footer behind everything, with these handles. */
    byte[] finish(Slice metaindexHandle, Slice indexHandle) {
        int footer = out.size();
        out.putBytes(metaindexHandle).putBytes(indexHandle);
        while (out.size() < footer + 40) {
            out.putByte(0);
        }
        return out.putFixed64(0xdb4775248b80fb57L).toSlice().toByteArray();
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
