package storagelab.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * Makes the statistics of a relation from one pass over its rows, with memory that does not grow with them.
 *
 * <p>Counted over all rows: the rows, the nulls, and the different values, by a {@link HyperLogLog} for each column. A sample cannot
 * say how many different values there are: a value that it has once may be unique or one of ten. What is hashed is the value as
 * bytes: {@link RowEncoding} of the one column.
 *
 * <p>Everything else comes from a sample of at most k rows, each row drawn with the same probability (a <em>reservoir</em>): the first k
 * rows are in it. After that, row number n, counted from 1, takes the place of a random one with the probability k / n. A row that
 * has been in it since is there after n rows with the probability k / n, too: by induction, k / (n − 1) · (1 − 1/n).
 *
 * <p>Of each column of the sample, in this order:
 *
 * <ol>
 *   <li>The most common values: those that the sample has at least {@link #COMMON_MIN} times. If there are more than the list
 *       takes, the most frequent ones. The fraction of a value is its part of the rows of the sample, those with null included.
 *   <li>A {@link Histogram} of all other values that are not null. Each stands for rows / sampled rows of the table.
 * </ol>
 *
 * <p>Example: 100 rows, of which 20 have null, 50 {@code red}, 25 {@code blue} and 5 {@code green}. All are in the sample. Null has
 * 0.2. The common values are {@code red} with 0.5 and {@code blue} with 0.25. Five times is too rarely for {@code green}, which is the
 * only value of the histogram: one bucket, share 1.
 *
 * <p>Cost: {@code add} takes one hash a value, {@code finish} O(k log k) a column, however many rows have come. Memory: k rows, however
 * long their values are, and 2^precision bytes a column.
 *
 * <p>Concurrency: one thread. Source: Vitter, "Random Sampling with a Reservoir" (1985), algorithm R; PostgreSQL,
 * {@code analyze.c}, for the common values.
 */
@Exercise(id = "6.13", title = "Statistics of a table", points = 7, difficulty = Difficulty.MEDIUM, hours = 6)
public final class Analyzer {
    /** A value that the sample has less often is not taken for a common one: its frequency would be known too badly. */
    public static final int COMMON_MIN = 10;

    private final Schema schema;
    private final AnalyzeOptions options;
    private final RandomGenerator random;
    private final List<RowEncoding> values; // of one column each
    private final List<Row> sample = new ArrayList<>();
    private final List<HyperLogLog> distinct = new ArrayList<>();
    private final long[] nulls;
    private long rows;

    /** An analyzer that has seen no rows. The same rows and the same random numbers give the same statistics. */
    public Analyzer(Schema schema, AnalyzeOptions options, RandomGenerator random) {
        this.schema = schema;
        this.options = options;
        this.random = random;
        this.values = schema.columns().stream()
                .map(column -> new RowEncoding(List.of(column)))
                .toList();
        this.nulls = new long[schema.columns().size()];
        schema.columns().forEach(column -> distinct.add(new HyperLogLog(options.precision())));
    }

    /**
     * Takes the next row into account.
     *
     * @throws IllegalArgumentException if it does not fit the schema; the row is not counted
     */
    public void add(Row row) {
        schema.check(row);
        rows++;
        for (int i = 0; i < nulls.length; i++) {
            Object value = row.get(i);
            if (value == null) {
                nulls[i]++;
            } else {
                distinct.get(i).add(values.get(i).encode(Row.of(value)));
            }
        }
        if (sample.size() < options.sampleRows()) {
            sample.add(row);
        } else {
            long place = random.nextLong(rows);
            if (place < sample.size()) {
                sample.set((int) place, row);
            }
        }
    }

    /**
     * The statistics of the rows so far. Further rows may be added afterwards. The number of different values of a column is never
     * more than the number of its values.
     */
    public TableStatistics finish() {
        Map<String, ColumnStatistics> statistics = new HashMap<>();
        for (int i = 0; i < nulls.length; i++) {
            statistics.put(schema.columns().get(i).name(), column(i));
        }
        return new TableStatistics(rows, statistics);
    }

    private ColumnStatistics column(int index) {
        ColumnType type = schema.columns().get(index).type();
        double nullFraction = rows == 0 ? 0 : (double) nulls[index] / rows;
        double different = Math.min(rows - nulls[index], distinct.get(index).estimate());
        TreeMap<Object, Integer> counts = new TreeMap<>(type::compare);
        for (Row row : sample) {
            Object value = row.get(index);
            if (value != null) {
                counts.merge(value, 1, Integer::sum);
            }
        }
        Map<Object, Double> common = new HashMap<>();
        for (Map.Entry<Object, Integer> frequent : frequent(counts)) {
            common.put(frequent.getKey(), (double) frequent.getValue() / sample.size());
        }
        counts.keySet().removeAll(common.keySet());
        return new ColumnStatistics(
                nullFraction, different, new MostCommonValues(type, common), histogram(type, counts));
    }

    /** The values that belong in the list of common ones. */
    private List<Map.Entry<Object, Integer>> frequent(Map<Object, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= COMMON_MIN)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(options.commonValuesMax())
                .toList();
    }

    private Histogram histogram(ColumnType type, Map<Object, Integer> counts) {
        long total = total(counts);
        if (total == 0) {
            return Histogram.empty(type);
        }
        double rowsPerValue = (double) rows / sample.size();
        Histogram.Builder builder = new Histogram.Builder(type, total, options.bucketsMax(), rowsPerValue);
        counts.forEach((value, count) -> {
            for (int i = 0; i < count; i++) {
                builder.add(value);
            }
        });
        return builder.build();
    }

    private static long total(Map<Object, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }
}
