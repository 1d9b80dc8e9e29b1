package storagelab.kin.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.kin.ColumnTable;
import storagelab.kin.ColumnTable.Filter;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * Places of the world with their country and population, in the order of countries and in random order. Counted are the bytes
 * of each column, and what a query reads that adds up the population of one country.
 */
public final class ColumnsExperiment implements Experiment {
    private static final String FILE = "/storagelab/query/experiment/cities.tsv.gz"; // of lab 6
    private static final List<String> COLUMNS = List.of("id", "country", "population");
    private static final int GROUP_ROWS = 1_000;
    private static final String COUNTRY = "FR";

    /** For the service loader. */
    public ColumnsExperiment() {}

    @Override
    public String id() {
        return "7.columns";
    }

    @Override
    public String question() {
        return "What does the order of the rows do to a table of columns?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A table has 135,233 places: an id, a country, a population. It is stored by columns, in groups of 1,000 rows. A query adds up the population of "
                        + "France. How many times as many bytes does it read if the rows are in random order as if they are in the order of countries?",
                "times as many");
    }

    /** What the table takes and the query reads, in one order of the rows. */
    private record Measured(String order, int rows, List<Double> columns, Stored query, long sum) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<List<Object>> sorted = rows(context.pick(Integer.MAX_VALUE, 60_000));
        List<List<Object>> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(context.seed()));
        context.progress("in the order of countries", 0);
        Measured inOrder = measure(context, "by country", sorted);
        context.progress("in random order", 0.5);
        Measured random = measure(context, "random", shuffled);
        if (inOrder.sum != random.sum) {
            throw new AssertionError("a population of " + inOrder.sum + ", or of " + random.sum);
        }
        double answer = (double) random.query.bytes() / inOrder.query.bytes();
        List<Measured> all = List.of(inOrder, random);
        double rowBytes = sorted.stream().mapToLong(ColumnsExperiment::bytes).sum() / (double) sorted.size();
        return new ExperimentResult(
                table(all, rowBytes), plots(all, rowBytes), answer, observation(inOrder, random, rowBytes, answer));
    }

    private static Measured measure(ExperimentContext context, String order, List<List<Object>> rows) {
        try (CrashSafeStore store =
                CrashSafeStore.open(context.directory().resolve(order), DurableOptions.defaults(EngineKind.LSM))) {
            CountingStore counting = new CountingStore(store);
            ColumnTable table = new ColumnTable(counting, COLUMNS, GROUP_ROWS);
            int batch = 10 * GROUP_ROWS;
            for (int i = 0; i < rows.size(); i += batch) {
                table.append(rows.subList(i, Math.min(i + batch, rows.size())), Durability.BUFFERED);
            }
            List<Double> columns = new ArrayList<>();
            for (String column : COLUMNS) {
                columns.add((double) Stored.in(store, "c" + column + "\0\0").bytes() / rows.size());
            }
            Stored unused = counting.takeRead();
            long[] sum = new long[1];
            table.scan(List.of("population"), Filter.equal("country", COUNTRY), row -> sum[0] += (long) row.get(0));
            return new Measured(order, rows.size(), columns, counting.takeRead(), sum[0]);
        }
    }

    private static List<List<Object>> rows(int most) throws IOException {
        @Nullable InputStream resource = ColumnsExperiment.class.getResourceAsStream(FILE);
        if (resource == null) {
            throw new IllegalStateException(FILE + " is not among the resources of lab 6");
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1) // the names of the columns
                    .limit(most)
                    .map(line -> line.split("\t", -1))
                    .map(cell -> List.<Object>of(Long.parseLong(cell[0]), cell[1], Long.parseLong(cell[2])))
                    .toList();
        }
    }

    /** A row as one entry: a key of a letter and the id, and a value of eight bytes and the country. */
    private static long bytes(List<Object> row) {
        return 1L + Long.BYTES + Long.BYTES + row.get(1).toString().length();
    }

    private static ResultTable table(List<Measured> all, double rowBytes) {
        ResultTable.Builder table = ResultTable.builder()
                .column("order of the rows")
                .column("rows")
                .column("id", "bytes a row")
                .column("country", "bytes a row")
                .column("population", "bytes a row")
                .column("as an entry", "bytes a row")
                .column("read by the query", "entries")
                .column("read by the query", "bytes");
        for (Measured one : all) {
            table.row(
                    one.order,
                    one.rows,
                    one.columns.get(0),
                    one.columns.get(1),
                    one.columns.get(2),
                    rowBytes,
                    one.query.entries(),
                    one.query.bytes());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Measured> all, double rowBytes) {
        List<Plot.Group> orders = new ArrayList<>();
        List<Double> read = new ArrayList<>();
        for (Measured one : all) {
            orders.add(new Plot.Group(one.order, one.columns));
            read.add((double) one.query.bytes());
        }
        read.add(rowBytes * all.get(0).rows);
        return List.of(
                new Plot.Bars(
                        "Bytes of a value, by the order of the rows", COLUMNS, Axis.linear("a value", "bytes"), orders),
                new Plot.Bars(
                        "Bytes read to add up the population of one country",
                        List.of("columns, by country", "columns, random order", "rows"),
                        Axis.logarithmic("read", "bytes"),
                        List.of(new Plot.Group("read", read))));
    }

    private static String observation(Measured inOrder, Measured random, double rowBytes, double answer) {
        return "In the order of countries, a country takes " + Quantity.number(inOrder.columns.get(1))
                + " bytes a row, and in random order " + Quantity.number(random.columns.get(1))
                + ". The query reads " + Quantity.number((double) inOrder.query.bytes()) + " bytes in the first and "
                + Quantity.number((double) random.query.bytes()) + " in the second, " + Quantity.number(answer)
                + " times as many: every group has a place in France. A table of rows would be read as a whole, "
                + Quantity.number(rowBytes * inOrder.rows) + " bytes.";
    }
}
