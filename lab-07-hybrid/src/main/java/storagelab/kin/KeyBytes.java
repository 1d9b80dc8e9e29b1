package storagelab.kin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * Builds keys whose bytes have the order of their parts: first a letter that says what the entry is, then texts and numbers.
 *
 * <p>Format: a text is its UTF-8 bytes, each {@code 00} as {@code 00 ff}, then {@code 00 00}. So {@code "a"}, {@code 61 00 00},
 * comes before {@code "ab"}, {@code 61 62 00 00}, whatever follows. A number is eight bytes, the highest first, the sign bit
 * flipped: -1 is {@code 7f ff ff ff ff ff ff ff}, and 0 is {@code 80 00 00 00 00 00 00 00}.
 *
 * <p>Concurrency: one thread.
 */
final class KeyBytes {
    private static final int CAPACITY_BYTES = 32;
    private static final int ZERO = 0xff; // after 00: the text has a zero byte here

    private final ByteWriter out = new ByteWriter(CAPACITY_BYTES);

    private KeyBytes() {}

    /** A key that begins with this letter. */
    static KeyBytes of(char kind) {
        KeyBytes key = new KeyBytes();
        key.out.putByte(kind);
        return key;
    }

    /**
     * Appends a text.
     *
     * @throws IllegalArgumentException if it has half of a surrogate pair, which has no UTF-8 form
     */
    KeyBytes text(String text) {
        Slice bytes = utf8(text);
        for (int i = 0; i < bytes.length(); i++) {
            out.putByte(bytes.byteAt(i));
            if (bytes.byteAt(i) == 0) {
                out.putByte(ZERO);
            }
        }
        out.putByte(0).putByte(0);
        return this;
    }

    /** Appends a number. */
    KeyBytes number(long value) {
        return unsigned(value ^ Long.MIN_VALUE);
    }

    /** Appends eight bytes, the highest first. */
    KeyBytes unsigned(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.putByte((int) (value >>> shift));
        }
        return this;
    }

    /** Appends one byte. */
    KeyBytes tag(int value) {
        out.putByte(value);
        return this;
    }

    /** A copy of what was appended. */
    Slice toSlice() {
        return out.toSlice();
    }

    /** The number in the eight bytes from {@code offset} on. */
    static long numberAt(Slice key, int offset) {
        return key.wordAt(offset) ^ Long.MIN_VALUE;
    }

    /** The text that begins at {@code offset}. */
    static String textAt(Slice key, int offset) {
        return readText(new ByteReader(key.subSlice(offset, key.length())));
    }

    /** The next text of {@code in}. */
    static String readText(ByteReader in) {
        ByteWriter bytes = new ByteWriter(CAPACITY_BYTES);
        while (true) {
            int next = in.readByte();
            if (next == 0 && in.readByte() == 0) {
                return bytes.view().toUtf8();
            }
            bytes.putByte(next);
        }
    }

    /**
     * The UTF-8 bytes of a text.
     *
     * @throws IllegalArgumentException if it has half of a surrogate pair
     */
    static Slice utf8(String text) {
        try {
            ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return Slice.wrap(copy);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text with half of a surrogate pair: " + text, e);
        }
    }
}
