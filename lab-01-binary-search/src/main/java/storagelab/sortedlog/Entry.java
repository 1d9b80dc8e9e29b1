package storagelab.sortedlog;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * What a store knows about a key: its value, or that it was deleted. A deletion is written down like a value, because
 * older files may still hold the key: it is the <em>tombstone</em> that hides them.
 *
 * <p>Format: kind byte (0 tombstone, 1 value) · key length varint · key · for a value: value length varint · value. The
 * value {@code "1"} under {@code "apple"} is {@code 01 05 61 70 70 6c 65 01 31}; the tombstone of {@code "apple"} is
 * {@code 00 05 61 70 70 6c 65}.
 *
 * @param key the key
 * @param value its value, empty for a tombstone
 * @param tombstone whether the key was deleted
 */
public record Entry(Slice key, Slice value, boolean tombstone) {
    private static final int KIND_TOMBSTONE = 0;
    private static final int KIND_VALUE = 1;

    /** Checks that a tombstone has no value. */
    public Entry {
        if (tombstone && !value.isEmpty()) {
            throw new IllegalArgumentException("the tombstone of " + key + " has the value " + value);
        }
    }

    /** The entry that says that {@code key} has {@code value}. */
    public static Entry value(Slice key, Slice value) {
        return new Entry(key, value, false);
    }

    /** The entry that says that {@code key} was deleted. */
    public static Entry tombstone(Slice key) {
        return new Entry(key, Slice.EMPTY, true);
    }

    /** Appends the bytes of this entry. */
    public void writeTo(ByteWriter target) {
        target.putByte(tombstone ? KIND_TOMBSTONE : KIND_VALUE).putLengthPrefixed(key);
        if (!tombstone) {
            target.putLengthPrefixed(value);
        }
    }

    /** Number of bytes that {@link #writeTo} appends. */
    public int encodedBytes() {
        int keyBytes = 1 + varintBytes(key.length()) + key.length();
        return tombstone ? keyBytes : keyBytes + varintBytes(value.length()) + value.length();
    }

    /**
     * Reads what {@link #writeTo} wrote. Key and value are views of the bytes read, not copies.
     *
     * @throws MalformedBytesException if the bytes cannot be an entry
     */
    public static Entry readFrom(ByteReader source) {
        int kind = source.readByte();
        if (kind != KIND_TOMBSTONE && kind != KIND_VALUE) {
            throw new MalformedBytesException("an entry of kind " + kind);
        }
        Slice key = source.readLengthPrefixed();
        return kind == KIND_TOMBSTONE ? tombstone(key) : value(key, source.readLengthPrefixed());
    }

    /** The bytes of {@code entries} one after the other: what a store writes to its log for a batch. */
    public static Slice encodeAll(List<Entry> entries) {
        ByteWriter bytes =
                new ByteWriter(entries.stream().mapToInt(Entry::encodedBytes).sum());
        entries.forEach(entry -> entry.writeTo(bytes));
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
            entries.add(readFrom(reader));
        }
        return entries;
    }

    /** The entries that the operations of {@code batch} write, in their order. */
    public static List<Entry> of(WriteBatch batch) {
        List<Entry> entries = new ArrayList<>();
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                entries.add(value(put.key(), put.value()));
            } else {
                entries.add(tombstone(operation.key()));
            }
        }
        return entries;
    }

    private static int varintBytes(int value) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(value | 1);
        return (bits + 6) / 7;
    }
}
