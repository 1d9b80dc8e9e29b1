package storagelab.page;

import java.util.HexFormat;

/**
 * The worked examples of {@code notes/formats/page-file.md}, in hexadecimal: a byte that changes here changes every file that
 * was ever written.
 */
public final class PageFormatExamples {
    /** The record of a checkpoint. */
    public static final String META_RECORD = """
            53 4c 42 54 52 45 45 31
            02 00 00 00
            00 04 00 00
            01 00 00 00 00 00 00 00
            11 00 00 00 00 00 00 00
            05 00 00 00
            09 00 00 00
            04 00 00 00
            01 00 00 00
            02 00 00 00 00 00 00 00
            91 b8 51 0a
            2c 01 00 00 00 00 00 00
            bb 7a 45 2d
            """;

    /** The beginning of page 4 of the same file: the free list. */
    public static final String FREE_LIST_PAGE = """
            ff 7e ce 43
            04 00 00 00
            11 00 00 00 00 00 00 00
            04 00
            00 00
            00 00 00 00
            02 00 00 00
            06 00 00 00
            08 00 00 00
            """;

    private PageFormatExamples() {}

    /** The bytes of an example. */
    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /** Bytes as text, 32 in a line, each line with its offset; lines of zeros are left out. */
    public static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += 32) {
            String line = HexFormat.ofDelimiter(" ").formatHex(bytes, at, Math.min(bytes.length, at + 32));
            if (!line.matches("[0 ]*")) {
                text.append(at).append(": ").append(line).append('\n');
            }
        }
        return text.toString();
    }
}
