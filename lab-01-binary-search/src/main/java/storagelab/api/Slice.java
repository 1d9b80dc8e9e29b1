package storagelab.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.BaseEncoding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable view of bytes: an array, an offset and a length. Keys and values of every store are slices.
 *
 * <p>Slices are ordered as <em>unsigned</em> bytes, a shorter slice before any longer one that it begins: {@code ""},
 * {@code "a"}, {@code "ab"}, {@code "b"}, and {@code 0x7f} before {@code 0x80}.
 *
 * <p>Concurrency: immutable, provided that nobody writes to an array handed to {@link #wrap}.
 */
public final class Slice implements Comparable<Slice> {
    /** The slice of no bytes. */
    public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

    private static final VarHandle BIG_ENDIAN_LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Slice(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** A slice of a copy of {@code bytes}. */
    public static Slice copyOf(byte... bytes) {
        return new Slice(bytes.clone(), 0, bytes.length);
    }

    /** A slice of the whole of {@code bytes}, not copied: the caller gives the array away. */
    public static Slice wrap(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    /**
     * A slice of {@code length} bytes of {@code bytes} from {@code offset}, not copied.
     *
     * @throws IllegalArgumentException if the range is not inside the array
     */
    public static Slice wrap(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new IllegalArgumentException(
                    "bytes " + offset + " to " + ((long) offset + length) + " of an array of " + bytes.length);
        }
        return new Slice(bytes, offset, length);
    }

    /** The UTF-8 bytes of {@code text}. */
    public static Slice utf8(String text) {
        return wrap(text.getBytes(UTF_8));
    }

    /** Number of bytes. */
    public int length() {
        return length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * The byte at {@code index}, as a signed Java byte.
     *
     * @throws IndexOutOfBoundsException if {@code index} is not in {@code [0, length())}
     */
    public byte byteAt(int index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException("byte " + index + " of a slice of " + length);
        }
        return array[offset + index];
    }

    /**
     * The eight bytes from {@code index} on as one number, the first byte the most significant; zeros stand for the bytes that
     * are not there. {@link Long#compareUnsigned} of two such numbers compares eight bytes at once: of {@code "banana"},
     * word 0 is {@code 0x62616e616e610000}, and that of {@code "band"}, {@code 0x62616e6400000000}, is larger.
     *
     * @throws IndexOutOfBoundsException if {@code index} is negative
     */
    public long wordAt(int index) {
        if (index >= 0 && index <= length - Long.BYTES) {
            return (long) BIG_ENDIAN_LONGS.get(array, offset + index);
        }
        Objects.checkIndex(index, Integer.MAX_VALUE);
        long word = 0;
        for (int i = index; i < length; i++) {
            word |= (array[offset + i] & 0xffL) << (Long.SIZE - Byte.SIZE * (i - index + 1));
        }
        return word;
    }

    /**
     * The bytes {@code [from, to)} of this slice, not copied.
     *
     * @throws IllegalArgumentException if the range is not inside the slice
     */
    public Slice subSlice(int from, int to) {
        if (from < 0 || to < from || to > length) {
            throw new IllegalArgumentException("bytes " + from + " to " + to + " of a slice of " + length);
        }
        return new Slice(array, offset + from, to - from);
    }

    /** Whether this slice begins with the bytes of {@code prefix}. */
    public boolean startsWith(Slice prefix) {
        return length >= prefix.length
                && Arrays.equals(
                        array,
                        offset,
                        offset + prefix.length,
                        prefix.array,
                        prefix.offset,
                        prefix.offset + prefix.length);
    }

    /** How many bytes this slice and {@code other} have in common at their beginnings; eight are compared at once. */
    public int commonPrefix(Slice other) {
        int most = Math.min(length, other.length);
        for (int at = 0; at < most; at += Long.BYTES) {
            long different = wordAt(at) ^ other.wordAt(at);
            if (different != 0) {
                return Math.min(most, at + Long.numberOfLeadingZeros(different) / Byte.SIZE);
            }
        }
        return most;
    }

    /** A fresh copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** Copies the bytes into {@code target} from {@code targetOffset} on. */
    public void copyTo(byte[] target, int targetOffset) {
        System.arraycopy(array, offset, target, targetOffset, length);
    }

    /** A read-only buffer over the bytes, from position 0 to its limit; nothing is copied. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /** The bytes decoded as UTF-8; malformed input becomes U+FFFD. */
    public String toUtf8() {
        return new String(array, offset, length, UTF_8);
    }

    /**
     * Compares this slice with the bytes {@code [from, to)} of an array, as {@link #compareTo(Slice)} does with a slice of
     * them.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public int compareTo(byte[] bytes, int from, int to) {
        return Arrays.compareUnsigned(array, offset, offset + length, bytes, from, to);
    }

    @Override
    public int compareTo(Slice other) {
        return Arrays.compareUnsigned(
                array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Slice that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The text when every byte is printable ASCII, otherwise {@code 0x} and hexadecimal digits. */
    @Override
    public String toString() {
        for (int i = offset; i < offset + length; i++) {
            if (array[i] < 0x20 || array[i] > 0x7e) {
                return "0x" + BaseEncoding.base16().lowerCase().encode(array, offset, length);
            }
        }
        return toUtf8();
    }
}
