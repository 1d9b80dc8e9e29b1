package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.io.BaseEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.RandomRows;

class RowEncodingTest {
    private static final List<Column> COLUMNS = List.of(
            Column.required("name", ColumnType.TEXT),
            Column.required("population", ColumnType.INT),
            Column.optional("elevation", ColumnType.INT),
            Column.required("latitude", ColumnType.DOUBLE));
    private static final RowEncoding PLACES = new RowEncoding(COLUMNS);
    private static final Row PARIS = Row.of("Paris", 2138551, null, 48.85341);
    private static final String PARIS_BYTES = "04" + "04" + "055061726973" + "ee868502" + "280af4893c6d4840";

    @Test
    @DisplayName("the row of the page of the format has its bytes")
    void golden() {
        assertThat(PLACES.encode(PARIS), is(hex(PARIS_BYTES)));
        assertThat(PLACES.decode(hex(PARIS_BYTES)), is(PARIS));
    }

    @Test
    @DisplayName("decoding returns the values that were encoded, all at once and one by one")
    void roundTrip() {
        Seeds.check(3000, random -> {
            RandomRows rows = new RandomRows(random);
            List<Column> columns = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                columns.add(rows.column("c" + i));
            }
            RowEncoding encoding = new RowEncoding(columns);
            Row row = rows.row(columns);
            Slice bytes = encoding.encode(row);
            assertThat("decoded, columns " + columns, encoding.decode(bytes), is(row));
            for (int i = 0; i < columns.size(); i++) {
                assertThat("column " + i + " of " + columns, encoding.column(bytes, i), is(row.get(i)));
            }
        });
    }

    @Test
    @DisplayName("a row that was written before columns were added has null in them")
    void addedColumns() {
        List<Column> more = new ArrayList<>(COLUMNS);
        more.add(Column.optional("mayor", ColumnType.TEXT));
        RowEncoding later = new RowEncoding(more);
        assertThat(later.decode(hex(PARIS_BYTES)), is(Row.of("Paris", 2138551, null, 48.85341, null)));
        assertThat(later.column(hex(PARIS_BYTES), 4) == null, is(true));
        Slice newer = later.encode(Row.of("Paris", 2138551, null, 48.85341, "x"));
        assertThat(refusal(PLACES, newer), containsString("5 columns, which are more than the relation has"));
        List<Column> required = new ArrayList<>(COLUMNS);
        required.add(Column.required("mayor", ColumnType.TEXT));
        assertThat(refusal(new RowEncoding(required), hex(PARIS_BYTES)), containsString("mayor is not nullable"));
    }

    @Test
    @DisplayName("bytes that are cut short, followed by others, or of no value are refused with a sentence")
    void malformed() {
        Slice bytes = hex(PARIS_BYTES);
        for (int length = 0; length < bytes.length(); length++) {
            Slice cut = bytes.subSlice(0, length);
            assertThrows(IllegalArgumentException.class, () -> PLACES.decode(cut), length + " bytes");
        }
        assertThat(refusal(PLACES, hex(PARIS_BYTES + "00")), containsString("1 bytes follow the last column"));
        assertThat(refusal(PLACES, hex("0401")), containsString("column name is not nullable"));
        assertThat(refusal(PLACES, hex("0410")), containsString("a null after the last of 4 columns"));
        assertThat(refusal(PLACES, hex("040401ff")), containsString("not UTF-8"));
        assertThat(refusal(PLACES, hex("040400808080808001")), containsString("does not fit 32 bits"));
        assertThat(refusal(of(ColumnType.BOOLEAN), hex("010002")), containsString("a boolean is 0 or 1"));
        assertThat(refusal(of(ColumnType.TIMESTAMP), hex("0100008094ebdc03")), containsString("nanoseconds"));
    }

    @Test
    @DisplayName("any bytes are refused with an IllegalArgumentException, or are a row")
    void otherBytes() {
        Column[] columns = {
            Column.optional("a", ColumnType.TIMESTAMP), Column.optional("b", ColumnType.TEXT),
            Column.optional("c", ColumnType.BIGINT), Column.optional("d", ColumnType.BYTES)
        };
        RowEncoding encoding = new RowEncoding(List.of(columns));
        int[] decoded = {0};
        Seeds.check(3000, random -> {
            Slice bytes = encoding.encode(new RandomRows(random).row(List.of(columns)));
            byte[] damaged = bytes.toByteArray();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                Row row = encoding.decode(Slice.wrap(damaged));
                assertThat(encoding.decode(encoding.encode(row)), is(row));
                decoded[0]++;
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage(), containsString(" is not a row of the columns "));
            }
        });
        assertThat("some damages make other rows, " + decoded[0], decoded[0] > 0 && decoded[0] < 3000, is(true));
    }

    @Test
    @DisplayName("one column is found without the texts before it being decoded")
    void oneColumn() {
        byte[] bytes = hex(PARIS_BYTES).toByteArray();
        bytes[3] = (byte) 0xff; // the name is not UTF-8 any more
        assertThat(PLACES.column(Slice.wrap(bytes), 3), is(48.85341));
        assertThrows(IllegalArgumentException.class, () -> PLACES.column(Slice.wrap(bytes), 0));
    }

    @Test
    @DisplayName("values that do not fit their columns are refused")
    void misfits() {
        for (Row row : List.of(
                Row.empty(), Row.of(null, 1, 2, 3.0), Row.of("a", 1L, 2, 3.0), Row.of("a", 1, 2, Instant.EPOCH))) {
            assertThrows(IllegalArgumentException.class, () -> PLACES.encode(row), row.toString());
        }
    }

    private static RowEncoding of(ColumnType type) {
        return new RowEncoding(List.of(Column.required("c", type)));
    }

    private static String refusal(RowEncoding encoding, Slice bytes) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> encoding.decode(bytes))
                .getMessage());
    }

    private static Slice hex(String digits) {
        return Slice.wrap(BaseEncoding.base16().lowerCase().decode(digits));
    }
}
