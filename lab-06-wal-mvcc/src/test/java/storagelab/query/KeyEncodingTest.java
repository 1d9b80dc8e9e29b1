package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.io.BaseEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.query.ValueRange.Bound;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.RandomRows;

@Tag("6.12")
class KeyEncodingTest {
    private static final List<KeyColumn> BY_COUNTRY = List.of(
            KeyColumn.ascending(Column.required("country", ColumnType.TEXT)),
            KeyColumn.descending(Column.required("population", ColumnType.INT)),
            KeyColumn.ascending(Column.required("id", ColumnType.BIGINT)));
    private static final KeyEncoding CITIES = new KeyEncoding(Slice.EMPTY, BY_COUNTRY);

    @Test
    @DisplayName("the order of the bytes is the order of the rows, for every type, direction and nullability")
    void order() {
        Seeds.check(3000, random -> {
            RandomRows rows = new RandomRows(random);
            List<KeyColumn> columns = rows.keyColumns(1 + random.nextInt(4));
            List<Column> plain = columns.stream().map(KeyColumn::column).toList();
            KeyEncoding encoding = new KeyEncoding(prefix(random), columns);
            Comparator<Row> order = RandomRows.order(columns);
            for (int i = 0; i < 20; i++) {
                Row left = rows.row(plain);
                Row right = rows.like(left, plain);
                assertThat(
                        "the order of the keys of " + left + " and " + right + ", columns " + columns,
                        Integer.signum(encoding.encode(left).compareTo(encoding.encode(right))),
                        is(Integer.signum(order.compare(left, right))));
            }
        });
    }

    @Test
    @DisplayName("decoding returns the values that were encoded")
    void roundTrip() {
        Seeds.check(3000, random -> {
            RandomRows rows = new RandomRows(random);
            List<KeyColumn> columns = rows.keyColumns(1 + random.nextInt(5));
            KeyEncoding encoding = new KeyEncoding(prefix(random), columns);
            Row row = rows.row(columns.stream().map(KeyColumn::column).toList());
            assertThat("decoded, columns " + columns, encoding.decode(encoding.encode(row)), is(row));
        });
    }

    @Test
    @DisplayName("other bytes are refused, or are the key of the row that they decode to")
    void otherBytes() {
        Seeds.check(3000, random -> {
            RandomRows rows = new RandomRows(random);
            List<KeyColumn> columns = rows.keyColumns(1 + random.nextInt(3));
            KeyEncoding encoding = new KeyEncoding(prefix(random), columns);
            Slice key = encoding.encode(
                    rows.row(columns.stream().map(KeyColumn::column).toList()));
            for (int i = 0; i < 10; i++) {
                Slice damaged = damaged(key, random);
                Row decoded;
                try {
                    decoded = encoding.decode(damaged);
                } catch (IllegalArgumentException e) {
                    assertThat(e.getMessage(), containsString(" is not a key of the columns "));
                    continue;
                }
                assertThat("the key of " + decoded + ", columns " + columns, encoding.encode(decoded), is(damaged));
            }
        });
    }

    @Test
    @DisplayName("a key that is cut short or followed by bytes is refused with a sentence that names the column")
    void malformed() {
        Slice key = CITIES.encode(Row.of("FR", 2138551, 2988507L));
        for (int length = 0; length < key.length(); length++) {
            Slice cut = key.subSlice(0, length);
            assertThrows(IllegalArgumentException.class, () -> CITIES.decode(cut), length + " bytes");
        }
        assertThat(refusal(CITIES, key.subSlice(0, 6)), containsString("at population DESC, 1 bytes wanted"));
        assertThat(refusal(CITIES, hex("465200007fdf5e4880000000002d99db00")), containsString("1 bytes follow"));
        assertThat(refusal(CITIES, hex("46520001")), containsString("at country, after a zero in a text"));
        assertThat(refusal(CITIES, hex("ff0000")), containsString("not UTF-8"));
        assertThat(refusal(of(ColumnType.BOOLEAN), hex("02")), containsString("a boolean is 0 or 1"));
        assertThat(refusal(of(ColumnType.DOUBLE), hex("fff8000000000001")), containsString("a NaN has only one form"));
        assertThat(refusal(of(ColumnType.TIMESTAMP), hex("80000000000000003b9aca00")), containsString("nanoseconds"));
        assertThat(refusal(of(ColumnType.TIMESTAMP), hex("ffffffffffffffff00000000")), containsString("no timestamp"));
        KeyEncoding nullable = KeyEncoding.ascending(List.of(Column.optional("n", ColumnType.INT)));
        assertThat(refusal(nullable, hex("0280000000")), containsString("the marker of a null"));
        KeyEncoding prefixed = new KeyEncoding(Slice.utf8("x"), List.of());
        assertThat(refusal(prefixed, Slice.utf8("y")), containsString("the prefix is not x"));
    }

    @Test
    @DisplayName("values that do not fit their columns are refused")
    void misfits() {
        for (Row row : List.of(
                Row.of("FR", 1), Row.of("FR", 1, 2L, 3), Row.of(null, 1, 2L), Row.of("FR", 1L, 2L), Row.of(1, 1, 2L))) {
            assertThrows(IllegalArgumentException.class, () -> CITIES.encode(row), row.toString());
        }
        assertThrows(IllegalArgumentException.class, () -> CITIES.encode(Row.of("\ud83d", 1, 2L)), "half a character");
        assertThrows(IllegalArgumentException.class, () -> CITIES.prefix(Row.of("FR", 1, 2L, 3)), "four values");
        ValueRange all = ValueRange.all();
        assertThrows(IllegalArgumentException.class, () -> CITIES.range(Row.of("FR", 1, 2L), all), "no column left");
        ValueRange texts = ValueRange.atLeast("x");
        assertThrows(IllegalArgumentException.class, () -> CITIES.range(Row.of("FR"), texts), "a text as population");
    }

    @Test
    @DisplayName("a prefix range has exactly the rows whose first columns have its values")
    void prefixes() {
        Seeds.check(2000, random -> {
            RandomRows rows = new RandomRows(random);
            List<KeyColumn> columns = rows.keyColumns(1 + random.nextInt(3));
            List<Column> plain = columns.stream().map(KeyColumn::column).toList();
            KeyEncoding encoding = new KeyEncoding(prefix(random), columns);
            Row model = rows.row(plain);
            Row first = new Row(model.values().subList(0, random.nextInt(columns.size() + 1)));
            KeyRange range = encoding.prefix(first);
            for (int i = 0; i < 20; i++) {
                Row row = rows.like(model, plain);
                assertThat(
                        row + " in the range of " + first + ", columns " + columns,
                        range.contains(encoding.encode(row)),
                        is(row.values().subList(0, first.size()).equals(first.values())));
            }
        });
    }

    @Test
    @DisplayName("a range has exactly the rows with its first columns and a value in the range after them")
    void ranges() {
        Seeds.check(3000, random -> {
            RandomRows rows = new RandomRows(random);
            List<KeyColumn> columns = rows.keyColumns(1 + random.nextInt(3));
            List<Column> plain = columns.stream().map(KeyColumn::column).toList();
            KeyEncoding encoding = new KeyEncoding(prefix(random), columns);
            Row model = rows.row(plain);
            Row first = new Row(model.values().subList(0, random.nextInt(columns.size())));
            ColumnType type = plain.get(first.size()).type();
            ValueRange next = new ValueRange(bound(rows, type, random), bound(rows, type, random));
            KeyRange range = encoding.range(first, next);
            for (int i = 0; i < 20; i++) {
                Row row = rows.like(model, plain);
                assertThat(
                        row + " in the range of " + first + " and " + next + ", columns " + columns,
                        range.contains(encoding.encode(row)),
                        is(row.values().subList(0, first.size()).equals(first.values())
                                && isIn(next, row.get(first.size()))));
                assertThat(
                        row.get(first.size()) + " in " + next,
                        next.contains(type, row.get(first.size())),
                        is(isIn(next, row.get(first.size()))));
            }
        });
    }

    @Test
    @DisplayName("the greatest value of a column has no value above it, and a range above it is empty")
    void nothingAbove() {
        KeyEncoding booleans = of(ColumnType.INT);
        KeyRange above = booleans.range(Row.empty(), ValueRange.greaterThan(Integer.MAX_VALUE));
        assertThat(above.from(), is(above.to()));
        KeyRange from = booleans.range(Row.empty(), ValueRange.atLeast(Integer.MAX_VALUE));
        assertThat(from.contains(booleans.encode(Row.of(Integer.MAX_VALUE))), is(true));
        assertThat(from.contains(booleans.encode(Row.of(Integer.MAX_VALUE - 1))), is(false));
    }

    @Test
    @DisplayName("the ranges of the example have its bytes")
    void exampleOfRanges() {
        assertThat(CITIES.prefix(Row.of("FR")), is(KeyRange.of(hex("46520000"), hex("46520001"))));
        assertThat(
                CITIES.range(Row.of("FR"), ValueRange.atLeast(1_000_000)),
                is(KeyRange.of(hex("46520000"), hex("465200007ff0bdc0"))));
    }

    @Test
    @DisplayName("−0.0 is before 0.0 and another value, and NaN is after everything")
    void doubles() {
        KeyEncoding encoding = of(ColumnType.DOUBLE);
        List<Object> ordered = List.of(
                Double.NEGATIVE_INFINITY,
                -1.0,
                -Double.MIN_VALUE,
                -0.0,
                0.0,
                Double.MIN_VALUE,
                1.0,
                Double.POSITIVE_INFINITY,
                Double.NaN);
        List<Slice> keys = new ArrayList<>();
        ordered.forEach(value -> keys.add(encoding.encode(Row.of(value))));
        assertThat(keys.stream().sorted().distinct().toList(), is(keys));
        assertThat(encoding.encode(Row.of(Double.longBitsToDouble(0xfff0_0000_0000_0001L))), is(keys.get(8)));
        assertThat(encoding.decode(keys.get(3)).get(0), is(-0.0));
    }

    @Test
    @DisplayName("the order of text is that of code points, not of Java's chars")
    void codePoints() {
        KeyEncoding encoding = of(ColumnType.TEXT);
        String last = "\uffff";
        String emoji = new String(Character.toChars(0x1f600));
        assertThat("Java puts the emoji first", Integer.signum(last.compareTo(emoji)), is(1));
        assertThat(Integer.signum(ColumnType.TEXT.compare(last, emoji)), is(-1));
        assertThat(Integer.signum(encoding.encode(Row.of(last)).compareTo(encoding.encode(Row.of(emoji)))), is(-1));
    }

    @Test
    @DisplayName("neighbouring columns do not run into each other")
    void neighbours() {
        KeyEncoding encoding = KeyEncoding.ascending(
                List.of(Column.required("a", ColumnType.TEXT), Column.required("b", ColumnType.TEXT)));
        List<Row> ordered = List.of(
                Row.of("", "b"),
                Row.of("\0", "a"),
                Row.of("a", "bc"),
                Row.of("a\0", "a"),
                Row.of("ab", ""),
                Row.of("ab", "c"));
        List<Slice> keys = ordered.stream().map(encoding::encode).toList();
        assertThat(keys.stream().sorted().distinct().toList(), is(keys));
    }

    @Test
    @DisplayName("the keys of the page of the format have its bytes")
    void golden() {
        assertKey("465200007fdf5e4880000000002d99db", CITIES, "FR", 2138551, 2988507L);
        assertKey("00", of(ColumnType.BOOLEAN), false);
        assertKey("7fffffff", of(ColumnType.INT), -1);
        assertKey("8000000000000000", of(ColumnType.BIGINT), 0L);
        assertKey("bff8000000000000", of(ColumnType.DOUBLE), 1.5);
        assertKey("4007ffffffffffff", of(ColumnType.DOUBLE), -1.5);
        assertKey("7fffffffffffffff", of(ColumnType.DOUBLE), -0.0);
        assertKey("8000000000000000", of(ColumnType.DOUBLE), 0.0);
        assertKey("fff8000000000000", of(ColumnType.DOUBLE), Double.NaN);
        assertKey("c3890000", of(ColumnType.TEXT), "É");
        assertKey("6100ff620000", of(ColumnType.TEXT), "a\0b");
        assertKey("00ffff0000", of(ColumnType.BYTES), Slice.copyOf((byte) 0, (byte) 0xff));
        assertKey("800000006553f1000000012c", of(ColumnType.TIMESTAMP), Instant.ofEpochSecond(1_700_000_000, 300));
        Column elevation = Column.optional("elevation", ColumnType.INT);
        KeyEncoding ascending = KeyEncoding.ascending(List.of(elevation));
        KeyEncoding descending = new KeyEncoding(Slice.EMPTY, List.of(KeyColumn.descending(elevation)));
        assertKey("00", ascending, (Object) null);
        assertKey("0180000005", ascending, 5);
        assertKey("ff", descending, (Object) null);
        assertKey("fe7ffffffa", descending, 5);
    }

    private static void assertKey(String expected, KeyEncoding encoding, @Nullable Object... values) {
        Row row = Row.of(values);
        assertThat("the key of " + row, encoding.encode(row), is(hex(expected)));
        assertThat("the row of " + expected, encoding.decode(hex(expected)), is(row));
    }

    private static KeyEncoding of(ColumnType type) {
        return KeyEncoding.ascending(List.of(Column.required("c", type)));
    }

    private static String refusal(KeyEncoding encoding, Slice key) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> encoding.decode(key))
                .getMessage());
    }

    private static Slice hex(String digits) {
        return Slice.wrap(BaseEncoding.base16().lowerCase().decode(digits));
    }

    private static Slice prefix(Random random) {
        byte[] prefix = new byte[random.nextInt(3)];
        for (int i = 0; i < prefix.length; i++) {
            prefix[i] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
        }
        return Slice.wrap(prefix);
    }

    private static Slice damaged(Slice key, Random random) {
        byte[] bytes = key.toByteArray();
        if (bytes.length == 0 || random.nextInt(4) == 0) {
            bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
        } else {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return Slice.wrap(bytes);
    }

    private static @Nullable Bound bound(RandomRows rows, ColumnType type, Random random) {
        return random.nextInt(4) == 0 ? null : new Bound(rows.value(type), random.nextBoolean());
    }

    private static boolean isIn(ValueRange range, @Nullable Object value) {
        Bound lower = range.lower();
        Bound upper = range.upper();
        return value != null
                && (lower == null || RandomRows.compare(lower.value(), value) < (lower.inclusive() ? 1 : 0))
                && (upper == null || RandomRows.compare(value, upper.value()) < (upper.inclusive() ? 1 : 0));
    }
}
