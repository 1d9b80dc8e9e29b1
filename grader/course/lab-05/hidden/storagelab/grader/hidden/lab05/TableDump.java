package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.Crc32c;
import storagelab.sstable.Compression;

/** A table taken apart byte by byte as the format says, with its checksums checked, and nothing between its parts. */
final class TableDump {
    static final int FOOTER_BYTES = 48;

    private final byte[] file;
    private final List<Part> data = new ArrayList<>();
    private final List<Slice> separators = new ArrayList<>();
    private final Map<String, Part> meta = new TreeMap<>();
    private final Part metaindex;
    private final Part index;

    /** A block: where it is, how it is stored, and its bytes. */
    record Part(long offset, int storedBytes, int code, Slice raw) {
        long end() {
            return offset + storedBytes + 5;
        }

        /** Its entries, without a look at the restarts. */
        List<Map.Entry<Slice, Slice>> entries() {
            List<Map.Entry<Slice, Slice>> entries = new ArrayList<>();
            int restarts = new ByteReader(raw.subSlice(raw.length() - 4, raw.length())).readFixed32();
            ByteReader in = new ByteReader(raw.subSlice(0, raw.length() - 4 * (restarts + 1)));
            byte[] key = {};
            while (in.remaining() > 0) {
                int shared = in.readVarint32();
                int unshared = in.readVarint32();
                int value = in.readVarint32();
                key = Arrays.copyOf(key, shared + unshared);
                in.readBytes(unshared).copyTo(key, shared);
                entries.add(Map.entry(Slice.copyOf(key), in.readBytes(value)));
            }
            return entries;
        }

        int restarts() {
            return new ByteReader(raw.subSlice(raw.length() - 4, raw.length())).readFixed32();
        }
    }

    private TableDump(byte[] file) {
        this.file = file;
        int footer = file.length - FOOTER_BYTES;
        assertTrue(footer >= 0, "a table of " + file.length + " bytes has no room for a footer");
        assertEquals("57fb808b247547db", hex(file.length - 8, 8), "the last eight bytes of the table");
        ByteReader handles = new ByteReader(Slice.wrap(file, footer, 40));
        this.metaindex = part(handles);
        this.index = part(handles);
        while (handles.remaining() > 0) {
            assertEquals(0, handles.readByte(), "a byte behind the handles of the footer");
        }
        for (Map.Entry<Slice, Slice> entry : index.entries()) {
            separators.add(entry.getKey());
            data.add(part(new ByteReader(entry.getValue())));
        }
        for (Map.Entry<Slice, Slice> entry : metaindex.entries()) {
            meta.put(entry.getKey().toUtf8(), part(new ByteReader(entry.getValue())));
        }
        long end = 0;
        for (Part part : parts()) {
            assertEquals(end, part.offset, "where a block begins, and the one before it ends");
            end = part.end();
        }
        assertEquals(footer, end, "where the footer begins");
    }

    static TableDump of(Path file) {
        try {
            return new TableDump(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Part part(ByteReader in) {
        long offset = in.readVarint64();
        int size = (int) in.readVarint64();
        assertTrue(
                offset >= 0 && size >= 0 && offset + size + 5 <= file.length,
                "a handle of " + size + " bytes at " + offset + " in a table of " + file.length);
        int crc = Crc32c.of(file, (int) offset, size + 1);
        int stored = new ByteReader(Slice.wrap(file, (int) offset + size + 1, 4)).readFixed32();
        assertEquals(
                "%08x".formatted(TableForge.mask(crc)),
                "%08x".formatted(stored),
                "the checksum of the block at " + offset + " (CRC-32C of the block and its code, masked)");
        byte[] contents = Arrays.copyOfRange(file, (int) offset, (int) offset + size);
        int code = file[(int) offset + size];
        return new Part(offset, size, code, Slice.wrap(Compression.of(code).decompress(contents, 1 << 24)));
    }

    List<Part> data() {
        return data;
    }

    List<Slice> separators() {
        return separators;
    }

    /** The blocks of the metaindex, by their names. */
    Map<String, Part> meta() {
        return meta;
    }

    Part metaindex() {
        return metaindex;
    }

    Part index() {
        return index;
    }

    /** All blocks, as they should stand in the file. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>(data);
        parts.addAll(meta.values());
        parts.add(metaindex);
        parts.add(index);
        return parts;
    }

    /** The entries of all data blocks. */
    TreeMap<Slice, Slice> entries() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        data.forEach(part -> part.entries().forEach(entry -> entries.put(entry.getKey(), entry.getValue())));
        return entries;
    }

    String hex(int from, int length) {
        return Blocks.hex(Slice.wrap(file, from, length));
    }
}
