package storagelab.query.experiment;

import com.google.common.math.Quantiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.query.ColumnStatistics;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.TableStatistics;
import storagelab.query.ValueRange;

/**
 * Comparisons on the cities: how many rows they are true for, and how many a planner expects that knows everything, no histogram,
 * or only how many different values there are.
 */
public final class EstimatesExperiment implements Experiment {
    private static final int LARGE_CITY = 100_000;
    private static final int SHOWN_OF_A_KIND = 13; // more marks would hide each other

    /** For the service loader. */
    public EstimatesExperiment() {}

    @Override
    public String id() {
        return "6.estimates";
    }

    @Override
    public String question() {
        return "How wrong are estimates with and without histograms?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A table has all 135,233 places with a thousand inhabitants or more. A planner without a histogram expects that "
                        + "a third of them have at least 100,000. By what factor is that too many?",
                "times too many");
    }

    /** What is asked for. */
    private enum Kind {
        EQUALITY("= value of a row"),
        HALF_OPEN(">= value of a row"),
        WIDE("between two rows"),
        NARROW("narrow range");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** What is known. */
    private enum Known {
        ALL("all statistics"),
        NO_HISTOGRAM("no histogram"),
        DISTINCT("distinct counts only");

        private final String words;

        Known(String words) {
            this.words = words;
        }

        TableStatistics of(TableStatistics all) {
            Map<String, ColumnStatistics> columns = new HashMap<>(all.columns());
            columns.replaceAll((name, column) -> switch (this) {
                case ALL -> column;
                case NO_HISTOGRAM -> column.withoutHistogram();
                case DISTINCT -> column.distinctOnly();
            });
            return new TableStatistics(all.rows(), columns);
        }
    }

    /** A comparison, and how many rows it is true for. */
    private record Comparison(Kind kind, String column, ValueRange range, long rows) {}

    /** How wrong the estimates of one kind were: factors, at least 1. */
    private record Errors(Kind kind, Known known, List<Double> factors) {
        double percentile(int percent) {
            return Quantiles.percentiles().index(percent).compute(factors);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        context.progress("reading the cities", 0);
        List<Row> cities = CityTable.rows();
        TableStatistics all = CityTable.analyze(cities, context.seed());
        context.progress("counting", 0.3);
        List<Comparison> comparisons = comparisons(context, cities);
        List<Errors> measured = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Known known : Known.values()) {
                TableStatistics statistics = known.of(all);
                List<Double> factors = comparisons.stream()
                        .filter(one -> one.kind == kind)
                        .map(one -> TableStatistics.qError(estimate(statistics, one), one.rows))
                        .toList();
                measured.add(new Errors(kind, known, factors));
            }
        }
        ValueRange large = ValueRange.atLeast(LARGE_CITY);
        double third = CityTable.estimate(Known.NO_HISTOGRAM.of(all), CityTable.POPULATION, large);
        long actual = count(sorted(cities, CityTable.POPULATION), ColumnType.INT, large);
        return new ExperimentResult(
                table(measured),
                plots(measured, comparisons, all),
                third / actual,
                observation(measured, third, actual));
    }

    private static double estimate(TableStatistics statistics, Comparison one) {
        return CityTable.estimate(statistics, one.column, one.range);
    }

    private static List<Object> sorted(List<Row> cities, String name) {
        Schema schema = CityTable.schema(List.of(CityTable.ID));
        int index = schema.indexOf(name);
        ColumnType type = schema.column(name).type();
        return cities.stream()
                .map(row -> Objects.requireNonNull(row.get(index)))
                .sorted(type::compare)
                .toList();
    }

    private static List<Comparison> comparisons(ExperimentContext context, List<Row> cities) {
        SplittableRandom random = new SplittableRandom(context.seed());
        Schema schema = CityTable.schema(List.of(CityTable.ID));
        List<Comparison> comparisons = new ArrayList<>();
        for (String name : List.of(CityTable.COUNTRY, CityTable.POPULATION)) {
            ColumnType type = schema.column(name).type();
            List<Object> values = sorted(cities, name);
            for (Kind kind : Kind.values()) {
                for (int i = 0; i < context.pick(250, 50); i++) {
                    ValueRange range = range(kind, values, random);
                    comparisons.add(new Comparison(kind, name, range, count(values, type, range)));
                }
            }
        }
        return comparisons;
    }

    private static ValueRange range(Kind kind, List<Object> values, SplittableRandom random) {
        int place = random.nextInt(values.size());
        return switch (kind) {
            case EQUALITY -> ValueRange.equalTo(values.get(place));
            case HALF_OPEN -> ValueRange.atLeast(values.get(place));
            case WIDE -> between(values, place, random.nextInt(values.size()));
            case NARROW -> between(values, place, Math.min(values.size() - 1, place + random.nextInt(2_000)));
        };
    }

    private static ValueRange between(List<Object> values, int one, int other) {
        return ValueRange.between(values.get(Math.min(one, other)), values.get(Math.max(one, other)));
    }

    private static long count(List<Object> values, ColumnType type, ValueRange range) {
        return values.stream().filter(value -> range.contains(type, value)).count();
    }

    private static ResultTable table(List<Errors> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("comparison")
                .column("known")
                .column("comparisons")
                .column("wrong by, median", "times")
                .column("95 %", "times")
                .column("worst", "times");
        for (Errors one : measured) {
            table.row(
                    one.kind.words,
                    one.known.words,
                    one.factors.size(),
                    one.percentile(50),
                    one.percentile(95),
                    one.percentile(100));
        }
        return table.build();
    }

    private static List<Plot> plots(List<Errors> measured, List<Comparison> comparisons, TableStatistics all) {
        List<String> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            kinds.add(kind.words);
        }
        List<Plot.Group> groups = new ArrayList<>();
        List<Plot.Series> points = new ArrayList<>();
        for (Known known : Known.values()) {
            groups.add(new Plot.Group(
                    known.words,
                    measured.stream()
                            .filter(one -> one.known == known)
                            .map(one -> one.percentile(95))
                            .toList()));
            if (known != Known.DISTINCT) {
                TableStatistics statistics = known.of(all);
                Plot.SeriesBuilder series = Plot.Series.named(known.words);
                for (Kind kind : List.of(Kind.HALF_OPEN, Kind.WIDE, Kind.NARROW)) {
                    comparisons.stream()
                            .filter(one -> one.column.equals(CityTable.POPULATION) && one.kind == kind)
                            .limit(SHOWN_OF_A_KIND)
                            .forEach(one -> series.add(one.rows, estimate(statistics, one)));
                }
                points.add(series.as(Style.MARKS));
            }
        }
        points.add(
                Plot.Series.named("right").add(1, 1).add(all.rows(), all.rows()).as(Style.DASHED_LINE));
        return List.of(
                new Plot.Bars(
                        "One estimate in twenty is wrong by more than this",
                        kinds,
                        Axis.logarithmic("wrong by", "times"),
                        groups),
                new Plot.Curves(
                        "Ranges of populations",
                        Axis.logarithmic("cities in the range", ""),
                        Axis.logarithmic("estimated", ""),
                        points));
    }

    private static Errors of(List<Errors> measured, Kind kind, Known known) {
        return measured.stream()
                .filter(one -> one.kind == kind && one.known == known)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Errors> measured, double third, long actual) {
        return "There are " + Quantity.number(actual) + " cities with at least " + Quantity.number(LARGE_CITY)
                + " inhabitants; without a histogram " + Quantity.number(third)
                + " are expected. Of narrow ranges, one "
                + "estimate in twenty was wrong by more than "
                + Quantity.number(of(measured, Kind.NARROW, Known.NO_HISTOGRAM).percentile(95))
                + " times without a histogram, and by more than "
                + Quantity.number(of(measured, Kind.NARROW, Known.ALL).percentile(95))
                + " times with one. For equalities it is the list of common values that counts: with it, one in twenty was wrong by more than "
                + Quantity.number(of(measured, Kind.EQUALITY, Known.ALL).percentile(95))
                + " times, without it by more than "
                + Quantity.number(of(measured, Kind.EQUALITY, Known.DISTINCT).percentile(95)) + " times.";
    }
}
