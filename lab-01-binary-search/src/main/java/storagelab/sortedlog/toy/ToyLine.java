package storagelab.sortedlog.toy;

import static java.nio.charset.StandardCharsets.UTF_8;

import storagelab.codec.Crc32c;
import storagelab.course.ExercisePart;
import storagelab.course.Toy;

/**
 * One line of a {@link ToyLog}.
 *
 * <p>Format ({@code notes/formats/toy-log.md}): {@code timestamp|key|value|checksum}, where
 *
 * <ul>
 *   <li>timestamp is a decimal number,
 *   <li>key and value are any text, in which {@code \} is written {@code \\}, {@code |} is written {@code \p}, a newline
 *       {@code \n} and a carriage return {@code \r},
 *   <li>checksum is the CRC-32C of the UTF-8 bytes of the line before the last {@code |}, as eight lower-case hexadecimal
 *       digits.
 * </ul>
 *
 * <p>Example: the value {@code "Zürich|ZH"} and a newline under {@code "city"} is {@code 1700000000000|city|Zürich\pZH\n|0e2c22ec}, and an empty value under
 * the empty key is {@code 1700000000000|||04e9cd7f}.
 *
 * @param timestampMillis when it was written, in milliseconds since 1970
 * @param key the key
 * @param value its value
 */
@Toy("text, so that one can read it")
@ExercisePart("1.2")
public record ToyLine(long timestampMillis, String key, String value) {
    /** The line, without the newline at its end. Contains exactly three {@code |}, no newline and no carriage return. */
    public String format() {
        String text = timestampMillis + "|" + escape(key) + "|" + escape(value);
        return text + "|" + checksum(text);
    }

    /**
     * Reads what {@link #format} wrote.
     *
     * @throws IllegalArgumentException with what is wrong in words, if {@code line} has not four parts between three {@code
     *     |}, if the checksum is not that of the text before it, or if the timestamp is not a number
     */
    public static ToyLine parse(String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(parts.length + " parts instead of timestamp|key|value|checksum");
        }
        String expected = checksum(line.substring(0, line.lastIndexOf('|')));
        if (!parts[3].equals(expected)) {
            throw new IllegalArgumentException("checksum " + parts[3] + " instead of " + expected);
        }
        return new ToyLine(Long.parseLong(parts[0]), unescape(parts[1]), unescape(parts[2]));
    }

    private static String checksum(String text) {
        return "%08x".formatted(Crc32c.of(text.getBytes(UTF_8)));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\p")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '\\' && i + 1 < text.length()) {
                i++;
                next = switch (text.charAt(i)) {
                    case 'p' -> '|';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> text.charAt(i);
                };
            }
            plain.append(next);
        }
        return plain.toString();
    }
}
