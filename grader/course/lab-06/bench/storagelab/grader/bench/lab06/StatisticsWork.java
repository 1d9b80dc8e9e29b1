package storagelab.grader.bench.lab06;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import storagelab.grader.bench.worker.Workload;
import storagelab.query.AnalyzeOptions;
import storagelab.query.Analyzer;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.TableStatistics;
import storagelab.query.ValueRange;

/** Estimates from the statistics of 10,000 different numbers; one question in 64 analyzes 200 rows. */
public final class StatisticsWork implements Workload {
    private static final Schema SCHEMA = new Schema(List.of(Column.required("id", ColumnType.INT)), List.of("id"));
    private static final int ROWS = 10_000;
    private static final int BUCKETS = 100;
    private static final int ANALYZED = 200;
    private static final int QUESTIONS = 2_048;

    private final Row[] rows = new Row[ROWS];
    private final int[] asked = new int[QUESTIONS];
    private TableStatistics statistics = new TableStatistics(0, Map.of());

    @Override
    public void prepare(Path directory, Random random) {
        for (int i = 0; i < ROWS; i++) {
            rows[i] = Row.of(i);
        }
        Collections.shuffle(Arrays.asList(rows), random);
        statistics = analyze(ROWS);
        for (int i = 0; i < QUESTIONS; i++) {
            asked[i] = random.nextInt(BUCKETS) * (ROWS / BUCKETS); // where a bucket begins
        }
    }

    private TableStatistics analyze(int count) {
        AnalyzeOptions options = AnalyzeOptions.defaults().withBucketsMax(BUCKETS).withPrecision(10);
        Analyzer analyzer = new Analyzer(SCHEMA, options, new Random(1));
        for (int i = 0; i < count; i++) {
            analyzer.add(rows[i]);
        }
        return analyzer.finish();
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        if (isAnalysis(question)) {
            return analyze(ANALYZED).rows();
        }
        return Math.round(statistics.column("id").selectivity(ValueRange.lessThan(asked[question])) * ROWS);
    }

    @Override
    public long expected(int question) {
        return isAnalysis(question) ? ANALYZED : asked[question];
    }

    @Override
    public String describe(int question) {
        return isAnalysis(question)
                ? "the rows of an analysis of 200 rows"
                : "the rows with an id below " + asked[question] + ", of 0 to 9,999 in 100 buckets,";
    }

    @Override
    public void close() {}

    private static boolean isAnalysis(int question) {
        return question % 64 == 63;
    }
}
