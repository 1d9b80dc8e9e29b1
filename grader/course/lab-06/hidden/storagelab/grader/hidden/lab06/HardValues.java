package storagelab.grader.hidden.lab06;

import com.google.common.io.BaseEncoding;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.query.ColumnType;
import storagelab.query.KeyColumn;
import storagelab.query.KeyEncoding;

/** Values of every type that are hard to order, and what the tests of their keys share. */
final class HardValues {
    /** Of each type, in ascending order. */
    static final Map<ColumnType, List<Object>> ORDERED = new EnumMap<>(ColumnType.class);

    static {
        ORDERED.put(ColumnType.BOOLEAN, List.of(false, true));
        ORDERED.put(
                ColumnType.INT,
                List.of(Integer.MIN_VALUE, -65536, -256, -1, 0, 1, 127, 128, 255, 256, Integer.MAX_VALUE));
        ORDERED.put(
                ColumnType.BIGINT,
                List.of(Long.MIN_VALUE, -1L << 32, -256L, -1L, 0L, 1L, 255L, 256L, 1L << 31, 1L << 32, Long.MAX_VALUE));
        ORDERED.put(
                ColumnType.DOUBLE,
                List.of(
                        Double.NEGATIVE_INFINITY,
                        -Double.MAX_VALUE,
                        -2.0,
                        -1.0,
                        -Double.MIN_NORMAL,
                        -Double.MIN_VALUE,
                        -0.0,
                        0.0,
                        Double.MIN_VALUE,
                        Double.MIN_NORMAL,
                        0.5,
                        1.0,
                        2.0,
                        Double.MAX_VALUE,
                        Double.POSITIVE_INFINITY,
                        Double.NaN));
        ORDERED.put(
                ColumnType.TEXT,
                List.of(
                        "",
                        "\0",
                        "\0\0",
                        "\0a",
                        "\1",
                        "A",
                        "Z",
                        "a",
                        "a\0",
                        "a\0\0",
                        "a\0b",
                        "a\1",
                        "ab",
                        "b",
                        "\u00ff",
                        "\uffff",
                        "\ud83d\ude00"));
        ORDERED.put(
                ColumnType.BYTES,
                List.of(
                        bytes(""),
                        bytes("00"),
                        bytes("0000"),
                        bytes("00ff"),
                        bytes("01"),
                        bytes("7f"),
                        bytes("80"),
                        bytes("ff"),
                        bytes("ff00"),
                        bytes("ff01"),
                        bytes("ffff")));
        ORDERED.put(
                ColumnType.TIMESTAMP,
                List.of(
                        Instant.MIN,
                        Instant.ofEpochSecond(-2, 5),
                        Instant.ofEpochSecond(-1, 0),
                        Instant.ofEpochSecond(-1, 999_999_999),
                        Instant.EPOCH,
                        Instant.ofEpochSecond(0, 1),
                        Instant.ofEpochSecond(0, 256),
                        Instant.ofEpochSecond(1, 0),
                        Instant.MAX));
    }

    private HardValues() {}

    /** A value as messages show it. */
    static String show(@Nullable Object value) {
        return value instanceof String text ? "\"" + text.replace("\0", "\\0") + "\"" : String.valueOf(value);
    }

    /** Keys of one column, without a prefix. */
    static KeyEncoding encoding(KeyColumn column) {
        return new KeyEncoding(Slice.EMPTY, List.of(column));
    }

    /** The bytes of these digits. */
    static Slice bytes(String hex) {
        return Slice.wrap(BaseEncoding.base16().lowerCase().decode(hex));
    }
}
