package storagelab.grader.bench.lab06;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.query.AnalyzeOptions;
import storagelab.query.Analyzer;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.TableStatistics;
import storagelab.query.ValueRange;

/** How wrong estimates are, on values of which a few are frequent and most are rare. */
public final class StatisticsCosts implements CostProbe {
    private static final Schema SCHEMA = new Schema(
            List.of(Column.required("id", ColumnType.INT), Column.required("value", ColumnType.INT)), List.of("id"));
    private static final int ROWS = 20_000;
    private static final int VALUES = 2_000;
    private static final int SAMPLE = 2_000;

    @Override
    public List<Cost> count(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] counts = new int[VALUES];
        Analyzer analyzer =
                new Analyzer(SCHEMA, AnalyzeOptions.defaults().withSampleRows(SAMPLE), random.split());
        for (int i = 0; i < ROWS; i++) {
            int value = (int) Math.pow(VALUES, random.nextDouble()) - 1;
            counts[value]++;
            analyzer.add(Row.of(i, value));
        }
        TableStatistics statistics = analyzer.finish();
        double equalities = 0;
        double ranges = 0;
        long below = 0;
        for (int value = 0; value < VALUES; value++) {
            equalities += error(statistics, ValueRange.equalTo(value), counts[value]);
            ranges += error(statistics, ValueRange.lessThan(value), below);
            below += counts[value];
        }
        return List.of(
                Cost.timesReference("q-error of an equality, on average", equalities / VALUES, 1.25),
                Cost.timesReference("q-error of a range, on average", ranges / VALUES, 1.25));
    }

    private static double error(TableStatistics statistics, ValueRange range, long actual) {
        return TableStatistics.qError(statistics.estimateRows(Map.of("value", range)), actual);
    }
}
