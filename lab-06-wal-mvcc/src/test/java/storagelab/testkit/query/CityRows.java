package storagelab.testkit.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.Schema;

/**
 * All places of the world with a thousand inhabitants or more, 135,233 of them, as rows: the gazetteer of GeoNames, which is among
 * the test resources of lab 4.
 */
public final class CityRows {
    /** The columns of the file. A place without an administrative region has null there. */
    public static final Schema SCHEMA = new Schema(
            List.of(
                    Column.required("id", ColumnType.BIGINT),
                    Column.required("name", ColumnType.TEXT),
                    Column.required("country", ColumnType.TEXT),
                    Column.optional("admin", ColumnType.TEXT),
                    Column.required("feature", ColumnType.TEXT),
                    Column.required("population", ColumnType.INT),
                    Column.required("latitude", ColumnType.DOUBLE),
                    Column.required("longitude", ColumnType.DOUBLE)),
            List.of("id"));

    private static final String FILE = "/storagelab/testkit/tree/cities.tsv.gz";

    private CityRows() {}

    /** Every place, in the order of the file. */
    public static List<Row> all() {
        try (BufferedReader lines = open()) {
            return lines.lines()
                    .skip(1) // the names of the columns
                    .map(CityRows::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader open() throws IOException {
        @Nullable InputStream resource = CityRows.class.getResourceAsStream(FILE);
        if (resource == null) {
            throw new IllegalStateException(FILE + " is not among the test resources of lab 4");
        }
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8));
    }

    private static Row row(String line) {
        String[] column = line.split("\t", -1);
        return Row.of(
                Long.parseLong(column[0]),
                column[1],
                column[2],
                column[3].isEmpty() ? null : column[3],
                column[4],
                Integer.parseInt(column[5]),
                Double.parseDouble(column[6]),
                Double.parseDouble(column[7]));
    }
}
