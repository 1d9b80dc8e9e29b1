package storagelab.sortedlog;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * The bytes of an {@link Entry} in a log record and in a block of a table.
 *
 * <p>Format: kind byte (0 tombstone, 1 value) · key length varint · key · for a value: value length varint · value. The
 * value {@code "1"} under {@code "apple"} is {@code 01 05 61 70 70 6c 65 01 31}; the tombstone of {@code "apple"} is
 * {@code 00 05 61 70 70 6c 65}.
 */
public final class EntryCodec {
    private static final int KIND_TOMBSTONE = 0;
    private static final int KIND_VALUE = 1;

    private EntryCodec() {}

    /** Appends the bytes of {@code entry}. */
    public static void write(Entry entry, ByteWriter target) {
        target.putByte(entry.tombstone() ? KIND_TOMBSTONE : KIND_VALUE).putLengthPrefixed(entry.key());
        if (!entry.tombstone()) {
            target.putLengthPrefixed(entry.value());
        }
    }

    /** Number of bytes that {@link #write} appends. */
    public static int encodedBytes(Entry entry) {
        int keyBytes = 1 + lengthPrefixedBytes(entry.key());
        return entry.tombstone() ? keyBytes : keyBytes + lengthPrefixedBytes(entry.value());
    }

    /**
     * Reads what {@link #write} wrote. Key and value are views of the bytes read, not copies.
     *
     * @throws MalformedBytesException if the bytes cannot be an entry
     */
    public static Entry read(ByteReader source) {
        int kind = source.readByte();
        if (kind != KIND_TOMBSTONE && kind != KIND_VALUE) {
            throw new MalformedBytesException("an entry of kind " + kind);
        }
        Slice key = source.readLengthPrefixed();
        return kind == KIND_TOMBSTONE ? Entry.tombstone(key) : Entry.value(key, source.readLengthPrefixed());
    }

    /** The bytes of {@code entries} one after the other: what a store writes to its log for a batch. */
    public static Slice encodeAll(List<Entry> entries) {
        ByteWriter bytes = new ByteWriter(
                entries.stream().mapToInt(EntryCodec::encodedBytes).sum());
        entries.forEach(entry -> write(entry, bytes));
        return bytes.view();
    }

    /**
     * Reads what {@link #encodeAll} wrote. Keys and values are views of {@code bytes}, not copies.
     *
     * @throws MalformedBytesException if the bytes cannot be entries
     */
    public static List<Entry> decodeAll(Slice bytes) {
        ByteReader reader = new ByteReader(bytes);
        List<Entry> entries = new ArrayList<>();
        while (reader.remaining() > 0) {
            entries.add(read(reader));
        }
        return entries;
    }

    private static int lengthPrefixedBytes(Slice bytes) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bytes.length() | 1);
        return (bits + 6) / 7 + bytes.length();
    }
}
