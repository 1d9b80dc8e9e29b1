package storagelab.query.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import storagelab.query.AnalyzeOptions;
import storagelab.query.Analyzer;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.TableStatistics;
import storagelab.query.ValueRange;

/** All 135,233 places of the world with a thousand inhabitants or more: number, country and population, from GeoNames. */
final class CityTable {
    static final String ID = "id";
    static final String COUNTRY = "country";
    static final String POPULATION = "population";

    private static final String FILE = "cities.tsv.gz";

    private CityTable() {}

    /** A relation of cities with this primary key. */
    static Schema schema(List<String> primaryKey) {
        return new Schema(
                List.of(
                        Column.required(ID, ColumnType.BIGINT),
                        Column.required(COUNTRY, ColumnType.TEXT),
                        Column.required(POPULATION, ColumnType.INT)),
                primaryKey);
    }

    /** The cities, in the order of the file, which is that of countries. */
    static List<Row> rows() throws IOException {
        @Nullable InputStream resource = CityTable.class.getResourceAsStream(FILE);
        if (resource == null) {
            throw new IllegalStateException(FILE + " is not among the resources of lab 6");
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1) // the names of the columns
                    .map(line -> line.split("\t", -1))
                    .map(cell -> Row.of(Long.parseLong(cell[0]), cell[1], Integer.parseInt(cell[2])))
                    .toList();
        }
    }

    /** What a planner would know of these rows. */
    static TableStatistics analyze(List<Row> rows, long seed) {
        Analyzer analyzer = new Analyzer(schema(List.of(ID)), AnalyzeOptions.defaults(), new Random(seed));
        rows.forEach(analyzer::add);
        return analyzer.finish();
    }

    /** How many rows a comparison is estimated to be true for. */
    static double estimate(TableStatistics statistics, String column, ValueRange range) {
        return statistics.estimateRows(Map.of(column, range));
    }
}
