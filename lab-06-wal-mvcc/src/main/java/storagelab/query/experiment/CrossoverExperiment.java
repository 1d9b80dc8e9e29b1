package storagelab.query.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.btree.BTreeOptions;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.file.FileMetrics;
import storagelab.kv.CrashSafeStore;
import storagelab.query.Database;
import storagelab.query.DatabaseTransaction;
import storagelab.query.IndexSpec;
import storagelab.query.Reads;
import storagelab.query.Row;
import storagelab.query.SecondaryIndex;
import storagelab.query.TableDefinition;
import storagelab.query.TableLayout;
import storagelab.query.TableStatistics;
import storagelab.query.ValueRange;
import storagelab.query.plan.BoundQuery;
import storagelab.query.plan.Condition;
import storagelab.query.plan.CostModel;
import storagelab.query.plan.Operand;
import storagelab.query.plan.Plan;
import storagelab.query.plan.Planner;
import storagelab.query.plan.Query;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * All cities with at least so many inhabitants, three ways: a full scan, a secondary index on the population, and a relation
 * that has its rows in the order of the population (a clustered index). How many pages each reads from the file is predicted from the
 * statistics and counted, with a pool for a small part of the tree. Beside it is what the {@link Planner} expects each to cost, which
 * assumes that all pages are in memory.
 */
public final class CrossoverExperiment implements Experiment {
    private static final double[] SHARES = {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1};
    private static final String BY_NUMBER = "cities";
    private static final String BY_POPULATION = "cities_by_population";
    private static final String INDEX = "by_population";
    private static final int LOAD_ROWS = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    /** For the service loader. */
    public CrossoverExperiment() {}

    @Override
    public String id() {
        return "6.crossover";
    }

    @Override
    public String question() {
        return "From how many rows on is an index the wrong choice?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A table of cities is stored in the order of their numbers, and has a secondary index on the population. The pool has "
                        + "room for a small part of it. A query asks for all cities above a population. Which percentage of the cities "
                        + "may it find at most, so that the index reads no more pages than a scan of the whole table?",
                "% of the rows");
    }

    /** A way to the rows. */
    private enum Way {
        FULL_SCAN("full scan"),
        INDEX("index"),
        CLUSTERED("clustered");

        private final String words;

        Way(String words) {
            this.words = words;
        }
    }

    /** What is expected of a query: by the statistics, by a formula for pages, and by the planner. */
    private record Expected(double rows, double pages, double plannedNanos) {}

    /** What one query found and cost. */
    private record Found(Way way, double share, long rows, Expected expected, long pages, long nanos) {
        double percent() {
            return 100 * share;
        }
    }

    /** What a planner knows: the pages of a scan of the relation, the same for one of the index, and the pages of the pool. */
    private record Sizes(double scanPages, double indexPages, double poolPages) {
        /** Pages that are read for a part of the rows, at most; what is in the pool need not be read. */
        double predicted(Way way, double rows, double allRows) {
            double share = rows / allRows;
            double cold = 1 - Math.min(1, poolPages / scanPages);
            return switch (way) {
                case FULL_SCAN -> scanPages;
                case INDEX -> share * indexPages + rows * cold;
                case CLUSTERED -> Math.max(1, share * scanPages);
            };
        }
    }

    /** The relations, and a store whose pages are counted. */
    private record Cities(CrashSafeStore store, Reads reads, TableDefinition byNumber, TableDefinition byPopulation) {
        long find(Way way, int population) {
            return switch (way) {
                case FULL_SCAN -> scan(byNumber.layout(), byNumber.layout().all(), population);
                case INDEX -> viaIndex(population);
                case CLUSTERED ->
                    scan(
                            byPopulation.layout(),
                            byPopulation.layout().keys().range(Row.empty(), ValueRange.atLeast(population)),
                            population);
            };
        }

        private long scan(TableLayout layout, KeyRange range, int population) {
            long found = 0;
            try (Cursor rows = reads.cursor(range)) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    found += isWanted(layout.row(rows.key(), rows.value()), population);
                }
            }
            return found;
        }

        private long viaIndex(int population) {
            long found = 0;
            SecondaryIndex index = byNumber.index(CrossoverExperiment.INDEX).orElseThrow();
            TableLayout layout = byNumber.layout();
            try (Cursor entries = reads.cursor(index.range(Row.empty(), ValueRange.atLeast(population)))) {
                for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                    Slice key = layout.keyOf(index.decode(entries.key(), entries.value()));
                    found += isWanted(layout.row(key, reads.get(key).orElseThrow()), population);
                }
            }
            return found;
        }

        private static int isWanted(Row row, int population) {
            return row.get(2) instanceof Integer of && of >= population ? 1 : 0;
        }

        /** How many pages a scan of a range reads from the file. */
        long pagesOf(KeyRange range) {
            long before = store.stats().get(FileMetrics.BLOCKS_READ);
            try (Cursor entries = reads.cursor(range)) {
                for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                    entries.key();
                }
            }
            return store.stats().get(FileMetrics.BLOCKS_READ) - before;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        context.progress("loading the cities", 0);
        List<Row> rows = CityTable.rows();
        rows = rows.subList(0, rows.size() / context.pick(1, 5));
        long poolBytes = context.pick(1 << 20, 256 << 10);
        DurableOptions options = DurableOptions.defaults(EngineKind.BTREE)
                .withBtree(BTreeOptions.defaults().withPoolBytes(poolBytes));
        List<Found> measured = new ArrayList<>();
        try (CrashSafeStore store = CrashSafeStore.open(context.directory().resolve("store"), options)) {
            Cities cities = load(context, store, rows);
            TableStatistics statistics = CityTable.analyze(rows, context.seed());
            Sizes sizes = new Sizes(
                    cities.pagesOf(cities.byNumber.layout().all()),
                    cities.pagesOf(cities.byNumber.index(INDEX).orElseThrow().all()),
                    (double) poolBytes / BTreeOptions.defaults().pageSizeBytes());
            List<Integer> populations = rows.stream()
                    .map(row -> (Integer) row.get(2))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (double share : SHARES) {
                int population = populations.get(Math.max(0, (int) (share * populations.size()) - 1));
                for (Way way : Way.values()) {
                    context.progress(way.words, 0.3 + 0.7 * measured.size() / (SHARES.length * Way.values().length));
                    measured.add(measure(context, cities, way, new Wanted(population, statistics, sizes)));
                }
            }
        }
        double answer = crossover(measured, one -> one.pages);
        return new ExperimentResult(table(measured), plots(measured), answer, observation(measured, answer));
    }

    /** A query, and what is known before it runs. */
    private record Wanted(int population, TableStatistics statistics, Sizes sizes) {
        Expected expected(Way way, Cities cities) {
            double rows = CityTable.estimate(statistics, CityTable.POPULATION, ValueRange.atLeast(population));
            return new Expected(rows, sizes.predicted(way, rows, statistics.rows()), plannedNanos(way, cities));
        }

        /** What the planner expects of the plan that goes this way. */
        private double plannedNanos(Way way, Cities cities) {
            TableDefinition table = way == Way.CLUSTERED ? cities.byPopulation : cities.byNumber;
            int column = table.schema().indexOf(CityTable.POPULATION);
            Condition atLeast = new Condition.Compare(column, Condition.Comparison.AT_LEAST, Operand.of(population));
            BoundQuery query = BoundQuery.of(Query.of(table).where(List.of(atLeast)), List.of());
            Planner planner = new Planner(CostModel.defaults());
            List<Plan> candidates = planner.candidates(query, Optional.of(statistics)); // the scan, then the index
            return planner.cost(candidates.get(way == Way.INDEX ? 1 : 0));
        }
    }

    private static Found measure(ExperimentContext context, Cities cities, Way way, Wanted query) throws IOException {
        long[] rows = new long[1];
        long before = cities.store.stats().get(FileMetrics.BLOCKS_READ);
        long nanos = new Stopwatch(context).nanos(() -> rows[0] = cities.find(way, query.population));
        long pages = cities.store.stats().get(FileMetrics.BLOCKS_READ) - before;
        double share = (double) rows[0] / query.statistics.rows();
        return new Found(way, share, rows[0], query.expected(way, cities), pages, nanos);
    }

    private static Cities load(ExperimentContext context, CrashSafeStore store, List<Row> rows) {
        Database database = Database.open(store);
        database.createTable(BY_NUMBER, CityTable.schema(List.of(CityTable.ID)));
        database.createTable(BY_POPULATION, CityTable.schema(List.of(CityTable.POPULATION, CityTable.ID)));
        for (int from = 0; from < rows.size(); from += LOAD_ROWS) {
            context.progress("loading the cities", 0.3 * from / rows.size());
            try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
                for (Row row : rows.subList(from, Math.min(rows.size(), from + LOAD_ROWS))) {
                    transaction.table(BY_NUMBER).insert(row);
                    transaction.table(BY_POPULATION).insert(row);
                }
                transaction.commit();
            }
        }
        database.createIndex(BY_NUMBER, IndexSpec.of(INDEX, CityTable.POPULATION));
        store.checkpoint();
        return new Cities(
                store,
                database.newest(),
                database.catalog().table(BY_NUMBER),
                database.catalog().table(BY_POPULATION));
    }

    /** The percentage of the rows at which the index costs as much as the full scan, between two measured ones. */
    private static double crossover(List<Found> measured, ToDoubleFunction<Found> cost) {
        List<Found> scans =
                measured.stream().filter(one -> one.way == Way.FULL_SCAN).toList();
        List<Found> index =
                measured.stream().filter(one -> one.way == Way.INDEX).toList();
        for (int i = 0; i < index.size(); i++) {
            double ratio = cost.applyAsDouble(index.get(i)) / cost.applyAsDouble(scans.get(i));
            if (ratio > 1) {
                if (i == 0) {
                    return index.get(0).percent();
                }
                double before = cost.applyAsDouble(index.get(i - 1)) / cost.applyAsDouble(scans.get(i - 1));
                double part = Math.log(1 / before) / Math.log(ratio / before);
                double from = Math.log(index.get(i - 1).percent());
                return Math.exp(from + part * (Math.log(index.get(i).percent()) - from));
            }
        }
        return 100;
    }

    private static ResultTable table(List<Found> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("way")
                .column("rows", "%")
                .column("rows found")
                .column("rows estimated")
                .column("pages predicted")
                .column("pages read")
                .column("planned", "ms")
                .column("time", "ms");
        for (Found one : measured) {
            table.row(
                    one.way.words,
                    one.percent(),
                    one.rows,
                    one.expected.rows,
                    one.expected.pages,
                    one.pages,
                    one.expected.plannedNanos / NANOS_PER_MILLI,
                    one.nanos / NANOS_PER_MILLI);
        }
        return table.build();
    }

    private static List<Plot> plots(List<Found> measured) {
        Axis share = Axis.logarithmic("rows that are wanted", "%");
        List<Plot.Series> pages =
                new ArrayList<>(series(measured, "", one -> Math.max(1, one.pages), Style.MARKS_AND_LINE));
        pages.addAll(series(
                measured.stream().filter(one -> one.way != Way.FULL_SCAN).toList(),
                ", predicted",
                one -> one.expected.pages,
                Style.DASHED_LINE));
        return List.of(
                new Plot.Curves("Pages that a query reads", share, Axis.logarithmic("pages", ""), pages),
                new Plot.Curves(
                        "Time of a query, the file in the operating system's memory",
                        share,
                        Axis.logarithmic("time", "ms"),
                        series(measured, "", one -> one.nanos / NANOS_PER_MILLI, Style.MARKS_AND_LINE)));
    }

    private static List<Plot.Series> series(
            List<Found> measured, String suffix, ToDoubleFunction<Found> figure, Style style) {
        List<Plot.Series> series = new ArrayList<>();
        for (Way way : Way.values()) {
            List<Found> of = measured.stream().filter(one -> one.way == way).toList();
            if (!of.isEmpty()) {
                Plot.SeriesBuilder points = Plot.Series.named(way.words + suffix);
                of.forEach(one -> points.add(one.percent(), figure.applyAsDouble(one)));
                series.add(points.as(style));
            }
        }
        return series;
    }

    private static String observation(List<Found> measured, double answer) {
        List<Found> all = measured.subList(measured.size() - Way.values().length, measured.size());
        return "The index read as many pages as the full scan at " + Quantity.number(answer)
                + " % of the rows; predicted was "
                + Quantity.number(crossover(measured, one -> one.expected.pages))
                + " %. In time, with the file in the operating system's memory, they were equal at "
                + Quantity.number(crossover(measured, one -> (double) one.nanos))
                + " %; the planner, which takes all pages to be in memory, goes over to the scan at "
                + Quantity.number(crossover(measured, one -> one.expected.plannedNanos))
                + " %. For all rows, the full scan read " + Quantity.number(all.get(0).pages) + " pages, the index "
                + Quantity.number(all.get(1).pages) + ", and the clustered index "
                + Quantity.number(all.get(2).pages) + ": it never reads more than the scan.";
    }
}
