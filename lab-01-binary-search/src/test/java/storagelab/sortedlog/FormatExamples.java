package storagelab.sortedlog;

import java.util.HexFormat;

/**
 * The worked examples of the pages in {@code notes/formats}, in hexadecimal: a byte that changes here changes every file
 * that was ever written.
 */
public final class FormatExamples {
    /** Two lines of a toy log, as text: see {@code toy-log.md}. */
    public static final String TOY_LOG = "1700000000000|city|Zürich\\pZH\\n|0e2c22ec\n1700000000000|||04e9cd7f\n";

    /** {@code append("hello")}, {@code sync()}, {@code append("hi")}, {@code close()}: see {@code record-log.md}. */
    public static final String RECORD_LOG = """
            42 b5 75 20 05 00 00 00 00 00 00 00 00 00 00 00 68 65 6c 6c 6f
            53 eb 17 bf 02 00 00 00 15 00 00 00 00 00 00 00 68 69
            c0 d5 39 dc 00 00 00 00 27 00 00 00 00 00 00 00
            """;

    /** Table 7 with a value under apple and the tombstone of plum: see {@code sorted-table.md}. */
    public static final String SORTED_TABLE = """
            01 05 61 70 70 6c 65 01 31
            00 04 70 6c 75 6d
            c6 e0 a3 cb
            01 05 61 70 70 6c 65 00 0f 04 70 6c 75 6d
            1f 8e c5 80
            13 00 00 00 00 00 00 00
            0e 00 00 00
            02 00 00 00 00 00 00 00
            07 00 00 00 00 00 00 00
            01 00 00 00
            53 4c 54 41 42 4c 45 31
            """;

    /** Tables 9 and 300, logs from 11 on: see {@code table-list.md}. */
    public static final String TABLE_LIST = """
            53 4c 54 4c 49 53 54 31
            0b 00 00 00 00 00 00 00
            02
            09
            ac 02
            56 14 1c e7
            """;

    private FormatExamples() {}

    /** The bytes of an example. */
    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
}
