package storagelab.grader.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Locale;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.grader.LabException;

/**
 * How the shell takes and prints the bytes of keys and values. Both directions of {@link #ESCAPED} and {@link #HEX} are inverse:
 * what is printed can be given back, whatever the bytes are.
 */
enum BytesText {
    /**
     * UTF-8 text in which the backslash begins an escape: {@code \\}, {@code \t}, {@code \n}, {@code \r}, and {@code \xNN} for
     * any byte. Printed so are the backslash, characters that cannot be seen, and bytes that are not UTF-8.
     */
    ESCAPED {
        @Override
        Slice parse(Slice argument, String what) {
            ByteWriter bytes = new ByteWriter(argument.length());
            int at = 0;
            while (at < argument.length()) {
                int next = indexOfBackslash(argument, at);
                bytes.putBytes(argument.subSlice(at, next));
                at = next < argument.length() ? unescape(argument, next, what, bytes) : next;
            }
            return bytes.toSlice();
        }

        @Override
        String print(Slice bytes) {
            StringBuilder text = new StringBuilder();
            CharsetDecoder decoder = UTF_8.newDecoder();
            ByteBuffer in = bytes.asByteBuffer();
            CharBuffer decoded = CharBuffer.allocate(bytes.length());
            CoderResult result;
            do {
                result = decoder.decode(in, decoded, true);
                decoded.flip().codePoints().forEach(character -> escape(character, text));
                decoded.clear();
                for (int i = 0; result.isMalformed() && i < result.length(); i++) {
                    escape(in.get(), text);
                }
            } while (result.isMalformed());
            return text.toString();
        }
    },

    /** Hexadecimal digits, two for each byte. */
    HEX {
        @Override
        Slice parse(Slice argument, String what) {
            try {
                return Slice.wrap(BaseEncoding.base16()
                        .lowerCase()
                        .decode(argument.toUtf8().toLowerCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw LabException.usage(
                        "The " + what + " is '" + argument.toUtf8()
                                + "', and with --hex it has to be hexadecimal digits, two a byte.",
                        "Write 6170706c65 for apple, or leave --hex out.");
            }
        }

        @Override
        String print(Slice bytes) {
            return BaseEncoding.base16().lowerCase().encode(bytes.toByteArray());
        }
    },

    /** The bytes as they are: those of the argument in UTF-8, and those of the store without any change. */
    RAW {
        @Override
        Slice parse(Slice argument, String what) {
            return argument;
        }

        @Override
        String print(Slice bytes) {
            return ESCAPED.print(bytes); // for messages; entries are written as bytes, see KvOutput
        }
    };

    /** What Java makes of bytes in an argument that are not in the character set of the terminal. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final int HEX_ESCAPE_LENGTH = 4;

    /**
     * The bytes that an argument stands for.
     *
     * @param what the argument is, such as {@code KEY}
     * @throws LabException if it stands for none
     */
    final Slice parse(String argument, String what) {
        return parse(utf8(argument, what), what);
    }

    /** As {@link #parse(String, String)}, for what is in a file: text in UTF-8, or bytes that are not. */
    abstract Slice parse(Slice argument, String what);

    /** The text that stands for {@code bytes}. */
    abstract String print(Slice bytes);

    private static Slice utf8(String text, String what) {
        if (text.indexOf(REPLACEMENT) < 0 && UTF_8.newEncoder().canEncode(text)) {
            return Slice.utf8(text);
        }
        throw LabException.usage(
                "The " + what
                        + " has bytes that are not text in the character set of this terminal, and they did not arrive.",
                "Write each such byte as \\xNN, or give the whole " + what + " in hexadecimal digits with --hex.");
    }

    /** Where the first backslash from {@code from} on is; the length if there is none. */
    private static int indexOfBackslash(Slice text, int from) {
        int at = from;
        while (at < text.length() && text.byteAt(at) != '\\') {
            at++;
        }
        return at;
    }

    /** Writes what the escape at {@code at} stands for. Returns where it ends. */
    private static int unescape(Slice argument, int at, String what, ByteWriter bytes) {
        char kind = at + 1 < argument.length() ? (char) argument.byteAt(at + 1) : ' ';
        int plain = "\\tnr".indexOf(kind);
        if (plain >= 0) {
            bytes.putByte("\\\t\n\r".charAt(plain));
            return at + 2;
        }
        int end = at + HEX_ESCAPE_LENGTH;
        if (kind == 'x' && end <= argument.length()) {
            int high = Character.digit((char) argument.byteAt(at + 2), 16);
            int low = Character.digit((char) argument.byteAt(at + 3), 16);
            if (high >= 0 && low >= 0) {
                bytes.putByte(high << 4 | low);
                return end;
            }
        }
        int character = 1 + argument.subSlice(0, at).toUtf8().length();
        throw LabException.usage(
                "The " + what + " has a backslash that begins no escape, at character " + character + ".",
                "Write \\\\ for a backslash; the other escapes are \\t, \\n, \\r and \\xNN for a byte.");
    }

    private static void escape(int character, StringBuilder text) {
        int plain = "\\\t\n\r".indexOf(character);
        if (plain >= 0) {
            text.append('\\').append("\\tnr".charAt(plain));
        } else if (isSeen(character)) {
            text.appendCodePoint(character);
        } else {
            for (byte one : Character.toString(character).getBytes(UTF_8)) {
                escape(one, text);
            }
        }
    }

    private static void escape(byte one, StringBuilder text) {
        text.append("\\x").append(BaseEncoding.base16().lowerCase().encode(new byte[] {one}));
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> character != REPLACEMENT;
        };
    }
}
