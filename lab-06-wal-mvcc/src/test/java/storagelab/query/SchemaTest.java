package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final List<Column> COLUMNS = List.of(
            Column.required("id", ColumnType.BIGINT),
            Column.required("name", ColumnType.TEXT),
            Column.required("country", ColumnType.TEXT),
            Column.optional("population", ColumnType.INT));
    private static final Schema CITIES = new Schema(COLUMNS, List.of("country", "id"));

    @Test
    @DisplayName("a row is its key and its value, which join to the row")
    void parts() {
        Row paris = Row.of(2988507L, "Paris", "FR", 2138551);
        CITIES.check(paris);
        assertThat(CITIES.keyOf(paris), is(Row.of("FR", 2988507L)));
        assertThat(CITIES.valueOf(paris), is(Row.of("Paris", 2138551)));
        assertThat(CITIES.join(CITIES.keyOf(paris), CITIES.valueOf(paris)), is(paris));
        assertThat(CITIES.keyColumns(), is(List.of(COLUMNS.get(2), COLUMNS.get(0))));
        assertThat(CITIES.valueColumns(), is(List.of(COLUMNS.get(1), COLUMNS.get(3))));
        assertThrows(IllegalArgumentException.class, () -> CITIES.join(Row.of("FR"), CITIES.valueOf(paris)));
    }

    @Test
    @DisplayName("a row that does not fit is refused with the column")
    void check() {
        CITIES.check(Row.of(1L, "a", "b", null));
        assertThat(refusal(Row.of(1L, "a", "b")), containsString("3 values for the 4 columns"));
        assertThat(refusal(Row.of(1L, null, "b", 1)), containsString("column name is not nullable"));
        assertThat(
                refusal(Row.of(1L, "a", "b", 1L)),
                containsString("column population is of type INT, and the value is a Long: 1"));
    }

    @Test
    @DisplayName("columns without a name, of one name, and keys that cannot be are refused")
    void refused() {
        assertThrows(IllegalArgumentException.class, () -> Column.required("", ColumnType.INT));
        assertThrows(IllegalArgumentException.class, () -> new Schema(List.of(), List.of()));
        List<Column> twice = List.of(COLUMNS.get(0), COLUMNS.get(0));
        assertThrows(IllegalArgumentException.class, () -> new Schema(twice, List.of("id")));
        for (List<String> key :
                List.of(List.<String>of(), List.of("id", "id"), List.of("mayor"), List.of("population"))) {
            assertThrows(IllegalArgumentException.class, () -> new Schema(COLUMNS, key), "the key " + key);
        }
        assertThrows(IllegalArgumentException.class, () -> CITIES.indexOf("mayor"));
    }

    private static String refusal(Row row) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> CITIES.check(row))
                .getMessage());
    }
}
