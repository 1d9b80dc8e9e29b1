package storagelab.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Utf8;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import storagelab.api.Slice;

/** Text as UTF-8, without replacement characters: what cannot be encoded or decoded exactly is refused. */
final class Utf8Text {
    private Utf8Text() {}

    /**
     * The UTF-8 bytes of {@code text}.
     *
     * @throws IllegalArgumentException if half of a surrogate pair stands alone in it
     */
    static Slice encode(String text) {
        try {
            ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Slice.wrap(bytes.array(), 0, bytes.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text with half of a surrogate pair has no UTF-8 bytes", e);
        }
    }

    /**
     * The text of UTF-8 bytes.
     *
     * @throws IllegalArgumentException if the bytes are not UTF-8
     */
    static String decode(Slice bytes) {
        if (!Utf8.isWellFormed(bytes.toByteArray())) {
            throw new IllegalArgumentException("the bytes of a text are not UTF-8: " + bytes);
        }
        return bytes.toUtf8();
    }

    /** Compares by code points, which is the order of the UTF-8 bytes. */
    static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char one = left.charAt(i);
            char other = right.charAt(i);
            if (one != other) {
                // A surrogate belongs to a code point above U+FFFF, and so after every character that is not one.
                boolean oneIsHigh = Character.isSurrogate(one);
                return oneIsHigh == Character.isSurrogate(other) ? one - other : oneIsHigh ? 1 : -1;
            }
        }
        return left.length() - right.length();
    }
}
