package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.Histogram.Bucket;
import storagelab.query.ValueRange.Bound;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.RandomRows;

@Tag("6.13")
class HistogramTest {
    private static final double ROUNDING = 1e-9;

    @Test
    @DisplayName("the buckets and estimates of the example")
    void example() {
        double third = 1.0 / 3;
        assertThat(
                exampleHistogram().buckets(),
                is(List.of(new Bucket(1, 4, third, 4), new Bucket(5, 8, third, 4), new Bucket(100, 200, third, 2))));
        assertEstimate(1.0 / 6, ValueRange.lessThan(3));
        assertEstimate(1.0 / 6, ValueRange.equalTo(100));
        assertEstimate(3.0 / 4, ValueRange.lessThan(150));
        assertEstimate(1, ValueRange.atMost(200));
        assertEstimate(5.0 / 6, ValueRange.lessThan(200));
        assertEstimate(1, ValueRange.atLeast(1));
        assertEstimate(11.0 / 12, ValueRange.greaterThan(1));
        assertEstimate(4.0 / 12, ValueRange.between(5, 8));
        assertEstimate(2.0 / 12, new ValueRange(new Bound(5, false), new Bound(8, false)));
        assertEstimate(0, ValueRange.between(8, 5));
        assertEstimate(1, ValueRange.all());
    }

    @Test
    @DisplayName("a value in no bucket is as rare as the rarest, and ranges outside of all buckets are empty")
    void outside() {
        for (int value : new int[] {0, 50, 201}) {
            assertEstimate(1.0 / 12, ValueRange.equalTo(value));
        }
        assertEstimate(0, ValueRange.lessThan(0));
        assertEstimate(0, ValueRange.between(300, 400));
        assertEstimate(2.0 / 3, ValueRange.lessThan(50));
    }

    private static Histogram exampleHistogram() {
        return histogram(ColumnType.INT, List.of(1, 2, 3, 4, 5, 6, 7, 8, 100, 100, 100, 200), 3, 1);
    }

    private static void assertEstimate(double expected, ValueRange range) {
        assertThat(range.toString(), exampleHistogram().selectivity(range), closeTo(expected, ROUNDING));
    }

    @Test
    @DisplayName("every value is in exactly one bucket, and the buckets say how many there are")
    void buckets() {
        Seeds.check(500, random -> {
            ColumnType type = ColumnType.values()[random.nextInt(ColumnType.values().length)];
            List<Object> values = values(type, random);
            int bucketsMax = 1 + random.nextInt(20);
            Histogram histogram = histogram(type, values, bucketsMax, 1);
            assertThat("buckets", histogram.buckets().size(), lessThanOrEqualTo(bucketsMax));
            int at = 0;
            for (Bucket bucket : histogram.buckets()) {
                List<Object> inside = values.stream()
                        .filter(value -> ValueRange.between(bucket.lower(), bucket.upper())
                                .contains(type, value))
                        .toList();
                assertThat("values of " + bucket, values.subList(at, at + inside.size()), is(inside));
                assertThat("the smallest of " + bucket, inside.get(0), is(bucket.lower()));
                assertThat("the greatest of " + bucket, inside.get(inside.size() - 1), is(bucket.upper()));
                assertThat("share of " + bucket, bucket.share() * values.size(), closeTo(inside.size(), ROUNDING));
                assertThat("distinct of " + bucket, bucket.distinct(), is((double)
                        inside.stream().distinct().count()));
                at += inside.size();
            }
            assertThat("values in buckets", at, is(values.size()));
        });
    }

    @Test
    @DisplayName("the estimate of a range is off by at most the buckets that its ends are in")
    void error() {
        Seeds.check(1000, random -> {
            ColumnType type = ColumnType.values()[random.nextInt(ColumnType.values().length)];
            List<Object> values = values(type, random);
            Histogram histogram = histogram(type, values, 1 + random.nextInt(20), 1);
            RandomRows source = new RandomRows(random);
            Object lower = source.value(type);
            Object upper = source.value(type);
            ValueRange range = new ValueRange(new Bound(lower, random.nextBoolean()), new Bound(upper, true));
            double actual = (double) values.stream()
                            .filter(value -> range.contains(type, value))
                            .count()
                    / values.size();
            double ends = 0;
            double rarest = 1;
            for (Bucket bucket : histogram.buckets()) {
                ValueRange inside = ValueRange.between(bucket.lower(), bucket.upper());
                boolean isEnd = inside.contains(type, lower) || inside.contains(type, upper);
                ends += isEnd ? bucket.share() : 0;
                rarest = Math.min(rarest, bucket.share() / bucket.distinct());
            }
            assertThat(
                    range + " of " + values + " in " + histogram.buckets(),
                    Math.abs(histogram.selectivity(range) - actual),
                    lessThanOrEqualTo(ends + (range.point(type) == null ? 0 : rarest) + ROUNDING));
        });
    }

    @Test
    @DisplayName("below, equal and above a value are everything")
    void parts() {
        Seeds.check(500, random -> {
            ColumnType type = ColumnType.values()[random.nextInt(ColumnType.values().length)];
            List<Object> values = values(type, random);
            Histogram histogram = histogram(type, values, 1 + random.nextInt(20), 1);
            Object value = values.get(random.nextInt(values.size()));
            double sum = histogram.selectivity(ValueRange.lessThan(value))
                    + histogram.selectivity(ValueRange.equalTo(value))
                    + histogram.selectivity(ValueRange.greaterThan(value));
            assertThat("around " + value + " in " + histogram.buckets(), sum, closeTo(1, ROUNDING));
        });
    }

    @Test
    @DisplayName("of a sample without duplicates, the number of different values is that of the rows it stands for")
    void distinctOfSample() {
        List<Object> unique = new ArrayList<>();
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            unique.add(i);
            pairs.add(i / 2);
        }
        assertThat(distinct(histogram(ColumnType.INT, unique, 10, 7)), closeTo(7000, ROUNDING));
        assertThat(distinct(histogram(ColumnType.INT, pairs, 10, 7)), closeTo(500, ROUNDING));
    }

    private static double distinct(Histogram histogram) {
        return histogram.buckets().stream().mapToDouble(Bucket::distinct).sum();
    }

    @Test
    @DisplayName("the buckets of the example of a sample")
    void exampleOfSample() {
        assertThat(
                histogram(ColumnType.INT, List.of(1, 2, 2, 2, 2, 3, 4, 5), 4, 1).buckets(),
                is(List.of(new Bucket(1, 2, 5.0 / 8, 2), new Bucket(3, 4, 2.0 / 8, 2), new Bucket(5, 5, 1.0 / 8, 1))));
        List<Bucket> ofSample = histogram(ColumnType.INT, List.of(1, 2, 2, 2, 2, 3, 4, 5), 4, 10)
                .buckets();
        assertThat("different values from 1 to 2", ofSample.get(0).distinct(), closeTo(2.439, 0.001));
        assertThat("different values from 3 to 4", ofSample.get(1).distinct(), closeTo(20, ROUNDING));
    }

    @Test
    @DisplayName("a histogram of no values finds nothing")
    void empty() {
        Histogram empty = Histogram.empty(ColumnType.TEXT);
        assertThat(empty.selectivity(ValueRange.all()), is(0.0));
        assertThat(empty.selectivity(ValueRange.equalTo("a")), is(0.0));
        assertThat(empty.selectivity(ValueRange.between("a", "b")), is(0.0));
    }

    @Test
    @DisplayName("values out of order, more values than announced, and numbers that cannot be are refused")
    void refused() {
        Histogram.Builder builder = new Histogram.Builder(ColumnType.INT, 3, 2, 1);
        builder.add(2);
        assertThrows(IllegalArgumentException.class, () -> builder.add(1));
        builder.add(2);
        builder.add(3);
        assertThrows(IllegalArgumentException.class, () -> builder.add(3));
        assertThrows(IllegalArgumentException.class, () -> new Histogram.Builder(ColumnType.INT, 0, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new Histogram.Builder(ColumnType.INT, 3, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Histogram.Builder(ColumnType.INT, 3, 2, Double.NaN));
    }

    private static Histogram histogram(ColumnType type, List<?> sorted, int bucketsMax, double rowsPerValue) {
        Histogram.Builder builder = new Histogram.Builder(type, sorted.size(), bucketsMax, rowsPerValue);
        sorted.forEach(builder::add);
        return builder.build();
    }

    /** Some values in order, with duplicates. */
    private static List<Object> values(ColumnType type, Random random) {
        Comparator<Object> order = RandomRows::compare;
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            values.add(
                    values.isEmpty() || random.nextInt(3) > 0
                            ? new RandomRows(random).value(type)
                            : values.get(random.nextInt(values.size())));
        }
        values.sort(order);
        return values;
    }
}
