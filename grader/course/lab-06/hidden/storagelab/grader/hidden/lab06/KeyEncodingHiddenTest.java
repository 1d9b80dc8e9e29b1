package storagelab.grader.hidden.lab06;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.lab06.HardValues.ORDERED;
import static storagelab.grader.hidden.lab06.HardValues.bytes;
import static storagelab.grader.hidden.lab06.HardValues.encoding;
import static storagelab.grader.hidden.lab06.HardValues.show;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.grader.hidden.kit.Growth;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.KeyColumn;
import storagelab.query.KeyEncoding;
import storagelab.query.Row;
import storagelab.query.SortOrder;
import storagelab.query.ValueRange;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.RandomRows;

/** Exercise 6.12: keys whose bytes have the order of the rows. */
@Tag("6.12")
class KeyEncodingHiddenTest {
    @Test
    @DisplayName("values of every type that are hard to order come in their order, ascending and descending, with null")
    void hardValues() {
        ORDERED.forEach((type, values) -> {
            for (SortOrder order : SortOrder.values()) {
                KeyEncoding plain = encoding(new KeyColumn(Column.required("c", type), order));
                KeyEncoding nullable = encoding(new KeyColumn(Column.optional("c", type), order));
                checkOrder(type + " " + order, plain, order, new ArrayList<>(values));
                List<@Nullable Object> withNull = new ArrayList<>();
                withNull.add(null);
                withNull.addAll(values);
                checkOrder("nullable " + type + " " + order, nullable, order, withNull);
            }
        });
    }

    private static void checkOrder(String what, KeyEncoding encoding, SortOrder order, List<@Nullable Object> values) {
        for (int i = 0; i + 1 < values.size(); i++) {
            Slice less = encoding.encode(Row.of(values.get(i)));
            Slice greater = encoding.encode(Row.of(values.get(i + 1)));
            int actual = Integer.signum(less.compareTo(greater));
            assertEquals(
                    order == SortOrder.ASCENDING ? -1 : 1,
                    actual,
                    what + ": how the key of " + show(values.get(i)) + ", " + less + ", compares with that of "
                            + show(values.get(i + 1)) + ", " + greater);
        }
    }

    @Test
    @DisplayName("keys have the bytes of the format, and decode to the row")
    void bytesOfTheFormat() {
        Column text = Column.required("t", ColumnType.TEXT);
        check("00", KeyColumn.ascending(Column.required("c", ColumnType.BOOLEAN)), false);
        check("fe", KeyColumn.descending(Column.required("c", ColumnType.BOOLEAN)), true);
        check("7ffffffe", KeyColumn.ascending(Column.required("c", ColumnType.INT)), -2);
        check("80000100", KeyColumn.ascending(Column.required("c", ColumnType.INT)), 256);
        check("7fffffffffffffff", KeyColumn.ascending(Column.required("c", ColumnType.BIGINT)), -1L);
        check("7ffffffffffffffe", KeyColumn.descending(Column.required("c", ColumnType.BIGINT)), 1L);
        check("c004000000000000", KeyColumn.ascending(Column.required("c", ColumnType.DOUBLE)), 2.5);
        check("3ffbffffffffffff", KeyColumn.ascending(Column.required("c", ColumnType.DOUBLE)), -2.5);
        check("fff8000000000000", KeyColumn.ascending(Column.required("c", ColumnType.DOUBLE)), Double.NaN);
        check(
                "7fffffffffffffff00000002",
                KeyColumn.ascending(Column.required("c", ColumnType.TIMESTAMP)),
                Instant.ofEpochSecond(-1, 2));
        check("0000", KeyColumn.ascending(text), "");
        check("4100ff00ff420000", KeyColumn.ascending(text), "A\0\0B");
        check("beff00ffff", KeyColumn.descending(text), "A\0");
        check("00ffff0000", KeyColumn.ascending(Column.required("c", ColumnType.BYTES)), bytes("00ff"));
        check("00", KeyColumn.ascending(Column.optional("c", ColumnType.TEXT)), null);
        check("0141" + "0000", KeyColumn.ascending(Column.optional("c", ColumnType.TEXT)), "A");
        check("ff", KeyColumn.descending(Column.optional("c", ColumnType.INT)), null);
        check("fe7fffffff", KeyColumn.descending(Column.optional("c", ColumnType.INT)), 0);
    }

    private static void check(String hex, KeyColumn column, @Nullable Object value) {
        KeyEncoding encoding = new KeyEncoding(bytes("aabb"), List.of(column));
        assertEquals(
                bytes("aabb" + hex),
                encoding.encode(Row.of(value)),
                "the key of " + show(value) + " after the prefix aabb");
        assertEquals(Row.of(value), encoding.decode(bytes("aabb" + hex)), "the row of the key aabb" + hex);
    }

    @Test
    @DisplayName("what is not a number has one key, whichever of its bits are set")
    void everyNan() {
        KeyEncoding encoding = encoding(KeyColumn.ascending(Column.required("c", ColumnType.DOUBLE)));
        Slice expected = bytes("fff8000000000000");
        for (long bits : new long[] {0x7ff0_0000_0000_0001L, 0x7fff_ffff_ffff_ffffL, 0xfff8_0000_0000_0000L, -1}) {
            Row row = Row.of(Double.longBitsToDouble(bits));
            assertEquals(expected, encoding.encode(row), "the key of the NaN with the bits " + Long.toHexString(bits));
        }
    }

    @Test
    @DisplayName("values of every type that are hard to order come back from their keys exactly as they were")
    void hardValuesComeBack() {
        ORDERED.forEach((type, values) -> {
            for (SortOrder order : SortOrder.values()) {
                KeyEncoding encoding = encoding(new KeyColumn(Column.required("c", type), order));
                for (Object value : values) {
                    Row row = Row.of(value);
                    assertEquals(
                            row,
                            encoding.decode(encoding.encode(row)),
                            "the row of the key of " + show(value) + ", " + type + " " + order);
                }
            }
        });
    }

    @Test
    @DisplayName("no key of a value begins the key of another value of the same column")
    void noValueBeginsAnother() {
        Seeds.check(1000, random -> {
            RandomRows rows = new RandomRows(random);
            KeyColumn column = rows.keyColumns(1).get(0);
            KeyEncoding encoding = encoding(column);
            Object one = rows.value(column.column());
            Object other = rows.value(column.column());
            Slice first = encoding.encode(Row.of(one));
            Slice second = encoding.encode(Row.of(other));
            boolean isSame = RandomRows.compare(one, other) == 0;
            assertEquals(
                    isSame,
                    second.startsWith(first),
                    "whether the key of " + show(other) + " begins with that of " + show(one));
        });
    }

    @Test
    @DisplayName("rows that do not fit are refused by encode, prefix and range")
    void misfits() {
        KeyEncoding encoding = new KeyEncoding(
                Slice.EMPTY,
                List.of(
                        KeyColumn.ascending(Column.required("a", ColumnType.INT)),
                        KeyColumn.descending(Column.optional("b", ColumnType.TEXT))));
        for (Row row : List.of(Row.of(1), Row.of(1, "x", 2), Row.of(null, "x"), Row.of(1L, "x"), Row.of("1", "x"))) {
            assertThrows(IllegalArgumentException.class, () -> encoding.encode(row), "the key of the row " + row);
        }
        assertThrows(
                IllegalArgumentException.class, () -> encoding.prefix(Row.of(1, "x", 2)), "a prefix of three values");
        assertThrows(IllegalArgumentException.class, () -> encoding.prefix(Row.of("1")), "a text for an INT");
        ValueRange all = ValueRange.all();
        assertThrows(IllegalArgumentException.class, () -> encoding.range(Row.of(1, "x"), all), "no column is left");
        assertThrows(
                IllegalArgumentException.class,
                () -> encoding.range(Row.of("1"), all),
                "a text for an INT, and a range");
        for (ValueRange wrong : List.of(ValueRange.atLeast(5), ValueRange.lessThan(5))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> encoding.range(Row.of(1), wrong),
                    "numbers as texts: " + wrong);
        }
        assertEquals(Row.of(1, null), encoding.decode(encoding.encode(Row.of(1, null))), "a row with null, which fits");
    }

    @Test
    @DisplayName("bytes that encode cannot have returned are refused, with a sentence that names the column")
    void otherBytes() {
        KeyEncoding encoding = new KeyEncoding(
                bytes("07"),
                List.of(
                        KeyColumn.ascending(Column.optional("name", ColumnType.TEXT)),
                        KeyColumn.descending(Column.required("flag", ColumnType.BOOLEAN)),
                        KeyColumn.ascending(Column.required("size", ColumnType.DOUBLE))));
        Slice good = encoding.encode(Row.of("ab", true, 1.5));
        for (int length = 0; length < good.length(); length++) {
            Slice cut = good.subSlice(0, length);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> encoding.decode(cut),
                    "the first " + length + " bytes of a key");
        }
        refused(encoding, "08" + "00" + "fe" + "bff8000000000000", "");
        refused(encoding, "07" + "02610000" + "fe" + "bff8000000000000", "name");
        refused(encoding, "07" + "01610001" + "fe" + "bff8000000000000", "name");
        refused(encoding, "07" + "01610001620000" + "fe" + "bff8000000000000", "name");
        refused(encoding, "07" + "01ff0000" + "fe" + "bff8000000000000", "name");
        refused(encoding, "07" + "01c3a90000" + "fd" + "bff8000000000000", "flag");
        refused(encoding, "07" + "00" + "fe" + "fff0000000000001", "size");
        refused(encoding, "07" + "00" + "fe" + "0000000000000000", "size");
        refused(encoding, "07" + "00" + "fe" + "bff800000000000000", "");
        KeyEncoding moments = encoding(KeyColumn.ascending(Column.required("moment", ColumnType.TIMESTAMP)));
        refused(moments, "800000000000000077359400", "moment");
        refused(moments, "000000000000000000000000", "moment");
    }

    private static void refused(KeyEncoding encoding, String hex, String column) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> encoding.decode(bytes(hex)), "decode of " + hex)
                        .getMessage());
        assertThat("what is said of " + hex, message, containsString("is not a key of the columns"));
        String rest = message.replace(encoding.columns().toString(), "");
        assertThat("what is said of " + hex + ", without the list of the columns", rest, containsString(column));
    }

    @Test
    @DisplayName("a key in which any one bit is flipped is refused, or is the key of the row that it decodes to")
    void flippedBits() {
        ORDERED.forEach((type, values) -> {
            for (SortOrder order : SortOrder.values()) {
                KeyEncoding encoding = encoding(new KeyColumn(Column.optional("c", type), order));
                values.forEach(value -> checkFlips(encoding, encoding.encode(Row.of(value))));
                checkFlips(encoding, encoding.encode(Row.of((Object) null)));
            }
        });
    }

    private static void checkFlips(KeyEncoding encoding, Slice key) {
        for (int bit = 0; bit < key.length() * Byte.SIZE; bit++) {
            byte[] flipped = key.toByteArray();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Row decoded;
            try {
                decoded = encoding.decode(Slice.wrap(flipped));
            } catch (IllegalArgumentException e) {
                continue;
            }
            assertEquals(
                    Slice.wrap(flipped),
                    encoding.encode(decoded),
                    "the key of a row that was decoded, of " + encoding.columns());
        }
    }

    @Test
    @DisplayName("encoding and decoding take time in proportion to the bytes")
    void linearTime() {
        KeyEncoding encoding = encoding(KeyColumn.ascending(Column.required("c", ColumnType.TEXT)));
        Growth.check(
                "encoding and decoding 64 KiB of text", "bytes in a text", new Growth.Sizes(64, 1 << 16), bytes -> {
                    String text = "a\0".repeat(bytes / 2);
                    return () -> {
                        for (int left = 1 << 16; left > 0; left -= bytes) {
                            Row row = encoding.decode(encoding.encode(Row.of(text)));
                            assertEquals(1, row.size(), "columns");
                        }
                    };
                });
    }
}
