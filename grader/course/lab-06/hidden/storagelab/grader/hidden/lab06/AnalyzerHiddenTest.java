package storagelab.grader.hidden.lab06;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.grader.hidden.kit.Growth;
import storagelab.query.AnalyzeOptions;
import storagelab.query.Analyzer;
import storagelab.query.Column;
import storagelab.query.ColumnStatistics;
import storagelab.query.ColumnType;
import storagelab.query.Histogram.Bucket;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.TableStatistics;
import storagelab.query.ValueRange;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 6.13: the statistics of a table from one pass over it. */
@Tag("6.13")
class AnalyzerHiddenTest {
    private static final Schema SCHEMA = new Schema(
            List.of(Column.required("id", ColumnType.INT), Column.optional("colour", ColumnType.TEXT)), List.of("id"));
    private static final double ROUNDING = 1e-9;

    @Test
    @DisplayName("rows, nulls and different values are counted over all rows, however small the sample is")
    void countedOverAllRows() {
        Seeds.check(10, random -> {
            Analyzer analyzer = new Analyzer(SCHEMA, AnalyzeOptions.defaults().withSampleRows(20), random);
            int rows = 5000 + random.nextInt(5000);
            int nulls = 0;
            for (int i = 0; i < rows; i++) {
                boolean isNull = random.nextInt(3) == 0;
                nulls += isNull ? 1 : 0;
                analyzer.add(Row.of(i, isNull ? null : "colour " + i % 700));
            }
            TableStatistics statistics = analyzer.finish();
            assertEquals(rows, statistics.rows(), "rows");
            ColumnStatistics colour = statistics.column("colour");
            assertThat("part of null", colour.nullFraction(), closeTo((double) nulls / rows, ROUNDING));
            assertThat(
                    "part of null in a column without", statistics.column("id").nullFraction(), is(0.0));
            assertThat("different colours of 700", colour.distinct(), closeTo(700, 70));
            assertThat("different ids of " + rows, statistics.column("id").distinct(), closeTo(rows, rows * 0.1));
        });
    }

    @Test
    @DisplayName("there are never more different values than values")
    void notMoreDifferentThanValues() {
        Seeds.check(200, random -> {
            Analyzer analyzer = new Analyzer(SCHEMA, new AnalyzeOptions(10, 5, 5, 4), random);
            int values = 1 + random.nextInt(20);
            for (int i = 0; i < 40; i++) {
                analyzer.add(Row.of(random.nextInt(), i < values ? "c" + random.nextInt() : null));
            }
            TableStatistics statistics = analyzer.finish();
            assertThat(
                    "different values of " + values + ", counted in 16 registers",
                    statistics.column("colour").distinct(),
                    lessThanOrEqualTo((double) values));
            assertThat(
                    "different ids of 40, counted in 16 registers",
                    statistics.column("id").distinct(),
                    lessThanOrEqualTo(40.0));
        });
    }

    @Test
    @DisplayName("ten times in the sample is common, nine times is not; a fraction is of all rows of the sample")
    void common() {
        Analyzer analyzer = new Analyzer(SCHEMA, AnalyzeOptions.defaults(), new Random(1));
        int id = 0;
        for (String colour : List.of("nine", "ten", "thirty")) {
            int times = colour.equals("nine") ? 9 : colour.equals("ten") ? 10 : 30;
            for (int i = 0; i < times; i++) {
                analyzer.add(Row.of(id++, colour));
            }
        }
        while (id < 100) {
            analyzer.add(Row.of(id++, null));
        }
        ColumnStatistics colour = analyzer.finish().column("colour");
        assertEquals(2, colour.common().size(), "common values among nine, ten and thirty times");
        assertEquals(OptionalDouble.of(0.1), colour.common().fraction("ten"), "ten times of 100 rows, 51 with null");
        assertEquals(OptionalDouble.of(0.3), colour.common().fraction("thirty"), "30 times of 100 rows");
        assertEquals(
                List.of(new Bucket("nine", "nine", 1, 1)),
                colour.rest().buckets(),
                "buckets of what is neither null nor common");
    }

    @Test
    @DisplayName("if the list is too short, it has the most frequent values, and the histogram has the others")
    void shortList() {
        Seeds.check(50, random -> {
            Analyzer analyzer = new Analyzer(SCHEMA, AnalyzeOptions.defaults().withCommonValuesMax(3), random);
            List<String> colours = new ArrayList<>();
            int[] places = random.ints(0, 1000).distinct().limit(8).toArray();
            for (int i = 0; i < 8; i++) {
                for (int times = 0; times < 20 + i; times++) {
                    colours.add("c%03d".formatted(places[i]));
                }
            }
            Collections.shuffle(colours, random);
            for (int i = 0; i < colours.size(); i++) {
                analyzer.add(Row.of(i, colours.get(i)));
            }
            ColumnStatistics colour = analyzer.finish().column("colour");
            assertEquals(3, colour.common().size(), "common values of a list of three");
            for (int i = 0; i < 8; i++) {
                String value = "c%03d".formatted(places[i]);
                assertEquals(
                        i >= 5,
                        colour.common().fraction(value).isPresent(),
                        "whether " + value + " is common, which is there " + (20 + i)
                                + " times; others are there 20 to 27 times");
                assertThat(
                        "rows with " + value,
                        colour.selectivity(ValueRange.equalTo(value)) * colours.size(),
                        closeTo(20 + i, 0.5));
            }
        });
    }

    @Test
    @DisplayName("no list and one bucket, if the options say so")
    void optionsOfNothing() {
        Analyzer analyzer = new Analyzer(SCHEMA, new AnalyzeOptions(100, 1, 0, 6), new Random(1));
        for (int i = 0; i < 100; i++) {
            analyzer.add(Row.of(i, "c" + i % 2));
        }
        ColumnStatistics colour = analyzer.finish().column("colour");
        assertEquals(0, colour.common().size(), "common values, of which there may be none");
        assertEquals(
                List.of(new Bucket("c0", "c1", 1, 2)), colour.rest().buckets(), "buckets, of which there may be one");
    }

    @Test
    @DisplayName("each value of the histogram stands for its part of the table, not for one row")
    void rowsPerValue() {
        Seeds.check(20, random -> {
            Analyzer analyzer = new Analyzer(SCHEMA, new AnalyzeOptions(200, 10, 0, 12), random);
            for (int i = 0; i < 4000; i++) {
                analyzer.add(Row.of(i, null));
            }
            List<Bucket> buckets = analyzer.finish().column("id").rest().buckets();
            assertThat(
                    "different ids of 4,000, told from 200 that are all different",
                    buckets.stream().mapToDouble(Bucket::distinct).sum(),
                    closeTo(4000, 0.001));
        });
    }

    @Test
    @DisplayName("every row is drawn with the same probability, the first, the last and those between")
    void sameProbability() {
        int[] drawn = new int[30];
        Random random = new Random(Seeds.base());
        for (int round = 0; round < 3000; round++) {
            for (int row : sample(random, drawn.length, 6)) {
                drawn[row]++;
            }
        }
        for (int i = 0; i < drawn.length; i++) {
            assertThat(
                    "how often row " + i
                            + " of 30 was drawn in 3,000 samples of six, 600 on average and 22 more or less"
                            + " often: " + Arrays.toString(drawn) + ", seed " + Seeds.base(),
                    (double) drawn[i],
                    closeTo(600, 130));
        }
    }

    private static List<Integer> sample(Random random, int rows, int size) {
        Analyzer analyzer = new Analyzer(SCHEMA, new AnalyzeOptions(size, size, 0, 4), random);
        for (int i = 0; i < rows; i++) {
            analyzer.add(Row.of(i, null));
        }
        List<Integer> sample = new ArrayList<>();
        for (Bucket bucket : analyzer.finish().column("id").rest().buckets()) {
            sample.add((Integer) bucket.lower());
        }
        assertEquals(size, sample.size(), "rows in a sample of at most " + size + ", of " + rows);
        return sample;
    }

    @Test
    @DisplayName("statistics may be taken at any time, and further rows added")
    void goesOn() {
        Analyzer analyzer = new Analyzer(SCHEMA, AnalyzeOptions.defaults(), new Random(1));
        for (int i = 0; i < 40; i++) {
            analyzer.add(Row.of(i, "red"));
        }
        TableStatistics first = analyzer.finish();
        assertEquals(40, analyzer.finish().rows(), "rows, asked for again");
        for (int i = 40; i < 80; i++) {
            analyzer.add(Row.of(i, "blue"));
        }
        TableStatistics second = analyzer.finish();
        assertEquals(40, first.rows(), "rows in statistics that were taken before others came");
        assertEquals(80, second.rows(), "rows after others came");
        assertEquals(OptionalDouble.of(1), first.column("colour").common().fraction("red"), "red, of the first 40");
        assertEquals(OptionalDouble.of(0.5), second.column("colour").common().fraction("red"), "red, of 80");
        double below = second.column("id").selectivity(ValueRange.lessThan(40));
        assertThat("the part of the ids below 40, of 80", below, closeTo(0.5, 0.02));
    }

    @Test
    @DisplayName("a row that does not fit is refused and not counted")
    void refused() {
        Analyzer analyzer = new Analyzer(SCHEMA, AnalyzeOptions.defaults(), new Random(1));
        analyzer.add(Row.of(1, "red"));
        for (Row row : List.of(Row.of("1", "red"), Row.of(null, "red"), Row.of(2, 3), Row.of(2))) {
            assertThrows(IllegalArgumentException.class, () -> analyzer.add(row), "the row " + row);
        }
        TableStatistics statistics = analyzer.finish();
        assertEquals(1, statistics.rows(), "rows, one that fits and four that do not");
        assertThat("different ids", statistics.column("id").distinct(), closeTo(1, 0.01));
        assertEquals(1, statistics.column("colour").rest().buckets().size(), "buckets of colours");
    }

    @Test
    @DisplayName("a table without rows has statistics, and they say that there are none")
    void noRows() {
        Step.at("the statistics of a table without rows");
        TableStatistics statistics = new Analyzer(SCHEMA, AnalyzeOptions.defaults(), new Random(1)).finish();
        assertEquals(0, statistics.rows(), "rows");
        assertThat(
                "rows with red of none", statistics.estimateRows(Map.of("colour", ValueRange.equalTo("red"))), is(0.0));
        assertThat("part of null of no rows", statistics.column("colour").nullFraction(), is(0.0));
    }

    @Test
    @DisplayName("the same rows and the same random numbers give the same statistics")
    void repeatable() {
        Seeds.check(5, random -> {
            long seed = random.nextLong();
            assertEquals(
                    sample(new Random(seed), 500, 40), sample(new Random(seed), 500, 40), "the sample of seed " + seed);
        });
    }

    @Test
    @DisplayName("rows that are not in the sample are not kept")
    void memory() {
        int count = 20_000;
        Analyzer analyzer = new Analyzer(SCHEMA, new AnalyzeOptions(50, 10, 10, 10), new Random(1));
        List<WeakReference<Object>> references = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String colour = "colour %06d".formatted(i);
            references.add(new WeakReference<>(colour));
            analyzer.add(Row.of(i, colour));
        }
        System.gc();
        long kept =
                references.stream().filter(reference -> reference.get() != null).count();
        assertTrue(
                kept <= 100,
                "after " + count + " rows, an analyzer with a sample of 50 keeps " + kept
                        + " of their values: is there a list or a set of all of them?");
        assertEquals(count, analyzer.finish().rows(), "rows");
    }

    @Test
    @DisplayName("what a row takes, and what the end takes, does not grow with the rows that have come")
    void constantTime() {
        Growth.check("adding 50 rows and finishing", "rows before", new Growth.Sizes(500, 50_000), rows -> {
            Analyzer analyzer = new Analyzer(SCHEMA, new AnalyzeOptions(300, 10, 10, 6), new Random(1));
            for (int i = 0; i < rows; i++) {
                analyzer.add(Row.of(i, "c" + i % 50));
            }
            return () -> {
                for (int i = 0; i < 50; i++) {
                    analyzer.add(Row.of(i, "new"));
                }
                analyzer.finish();
            };
        });
    }
}
