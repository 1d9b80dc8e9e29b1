package storagelab.grader.hidden.lab06;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.ColumnType;
import storagelab.query.Histogram;
import storagelab.query.Histogram.Bucket;
import storagelab.query.ValueRange;
import storagelab.query.ValueRange.Bound;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.RandomRows;

/** Exercise 6.13: histograms. */
@Tag("6.13")
class HistogramHiddenTest {
    private static final double ROUNDING = 1e-9;

    @Test
    @DisplayName("buckets end with the last occurrence of the value with which they have their part of the values")
    void buckets() {
        Seeds.check(500, random -> {
            ColumnType type = anyType(random);
            List<Object> values = values(type, random);
            int bucketsMax = 1 + random.nextInt(12);
            check(values.size() + " values", type, values, values.size(), bucketsMax, 1);
        });
    }

    @Test
    @DisplayName("a frequent value fills a bucket alone, and is never in two")
    void frequentValues() {
        List<Object> values = new ArrayList<>(List.of(1, 1));
        for (int i = 0; i < 50; i++) {
            values.add(2);
        }
        values.addAll(List.of(3, 4, 5, 6, 7, 8, 9, 10));
        Histogram histogram = build(ColumnType.INT, values, values.size(), 10, 1);
        check("1 twice, 2 fifty times, 3 to 10 once", ColumnType.INT, values, values.size(), 10, 1);
        assertThat(
                "= 3 of 1 twice, 2 fifty times, 3 to 10 once, in buckets of six values",
                histogram.selectivity(ValueRange.equalTo(3)),
                closeTo(1.0 / 60, ROUNDING));
    }

    @Test
    @DisplayName("the number of different values is that of the rows for which the values stand")
    void differentValuesOfASample() {
        Seeds.check(300, random -> {
            ColumnType type = anyType(random);
            List<Object> values = values(type, random);
            double rowsPerValue = 1 + random.nextInt(40) / 4.0;
            check("a sample", type, values, values.size(), 1 + random.nextInt(8), rowsPerValue);
        });
    }

    @Test
    @DisplayName("shares are of the values that have come, also when more were announced")
    void fewerThanAnnounced() {
        Seeds.check(100, random -> {
            List<Object> values = values(ColumnType.INT, random);
            int announced = values.size() + 1 + random.nextInt(50);
            check("fewer values than announced", ColumnType.INT, values, announced, 1 + random.nextInt(8), 1);
        });
        Histogram empty = new Histogram.Builder(ColumnType.INT, 5, 2, 1).build();
        assertEquals(List.of(), empty.buckets(), "buckets of a builder without values");
    }

    @Test
    @DisplayName("a value that is refused leaves no trace")
    void refused() {
        Histogram.Builder builder = new Histogram.Builder(ColumnType.INT, 4, 2, 1);
        builder.add(5);
        assertThrows(IllegalArgumentException.class, () -> builder.add(4), "4 after 5");
        builder.add(5);
        builder.add(7);
        assertThrows(IllegalArgumentException.class, () -> builder.add(6), "6 after 7");
        builder.add(9);
        assertThrows(IllegalArgumentException.class, () -> builder.add(9), "a fifth value of four");
        assertEquals(
                List.of(new Bucket(5, 5, 0.5, 1), new Bucket(7, 9, 0.5, 2)),
                builder.build().buckets(),
                "buckets of 5, 5, 7 and 9, between which 4, 6 and another 9 were refused");
    }

    @Test
    @DisplayName("numbers less than 1 are refused")
    void impossibleNumbers() {
        assertThrows(IllegalArgumentException.class, () -> builder(0, 1, 1), "no values");
        assertThrows(IllegalArgumentException.class, () -> builder(1, 0, 1), "no buckets");
        assertThrows(IllegalArgumentException.class, () -> builder(1, 1, 0.99), "0.99 rows a value");
        assertThrows(IllegalArgumentException.class, () -> builder(1, 1, Double.NaN), "NaN rows a value");
        builder(1, 1, 1);
    }

    private static Histogram.Builder builder(long count, int bucketsMax, double rowsPerValue) {
        return new Histogram.Builder(ColumnType.INT, count, bucketsMax, rowsPerValue);
    }

    @Test
    @DisplayName("a builder does not keep the values that it has seen")
    void memory() {
        int count = 20_000;
        List<WeakReference<Object>> references = new ArrayList<>();
        Histogram.Builder builder = new Histogram.Builder(ColumnType.TEXT, count, 10, 1);
        for (int i = 0; i < count; i++) {
            Object value = "value %06d".formatted(i);
            references.add(new WeakReference<>(value));
            builder.add(value);
        }
        System.gc();
        long kept =
                references.stream().filter(reference -> reference.get() != null).count();
        assertTrue(
                kept <= 100,
                "after " + count + " values, a builder of 10 buckets keeps " + kept
                        + " of them: is there a list of all values?");
        assertEquals(10, builder.build().buckets().size(), "buckets");
    }

    @Test
    @DisplayName("estimates of random ranges of numbers follow the rules, with both kinds of ends")
    void estimates() {
        Seeds.check(1500, random -> {
            List<Object> values = values(ColumnType.INT, random);
            Histogram histogram =
                    build(ColumnType.INT, values, values.size(), 1 + random.nextInt(10), 1 + random.nextInt(3));
            for (int i = 0; i < 5; i++) {
                checkEstimate(histogram, new ValueRange(bound(values, random), bound(values, random)));
            }
        });
    }

    @Test
    @DisplayName("at the ends of buckets, estimates follow the rules for every type")
    void estimatesAtEndsOfBuckets() {
        Seeds.check(500, random -> {
            ColumnType type = anyType(random);
            List<Object> values = values(type, random);
            Histogram histogram = build(type, values, values.size(), 1 + random.nextInt(10), 1 + random.nextInt(3));
            List<Object> ends = new ArrayList<>();
            histogram.buckets().forEach(bucket -> ends.addAll(List.of(bucket.lower(), bucket.upper())));
            for (int i = 0; i < 5; i++) {
                checkEstimate(histogram, new ValueRange(endOf(ends, random), endOf(ends, random)));
            }
        });
    }

    private static void checkEstimate(Histogram histogram, ValueRange range) {
        assertThat(
                range + " of " + histogram.buckets(),
                histogram.selectivity(range),
                closeTo(expected(histogram.type(), histogram.buckets(), range), ROUNDING));
    }

    @Test
    @DisplayName("an equality with a value in no bucket is as rare as the rarest value")
    void notDrawn() {
        Histogram histogram = build(ColumnType.INT, List.of(1, 1, 1, 3, 3, 3, 3, 3, 8, 9, 9, 9), 12, 3, 1);
        for (int value : new int[] {-5, 2, 6, 20}) {
            checkEstimate(histogram, ValueRange.equalTo(value));
        }
    }

    @Test
    @DisplayName("a range that ends before it begins has nothing, not less")
    void reversed() {
        Histogram histogram = build(ColumnType.INT, List.of(1, 2, 3, 4, 5, 6, 7, 8), 8, 2, 1);
        for (ValueRange range : List.of(
                ValueRange.between(7, 2),
                new ValueRange(new Bound(5, false), new Bound(5, true)),
                new ValueRange(new Bound(5, false), new Bound(5, false)),
                ValueRange.greaterThan(8),
                ValueRange.lessThan(1))) {
            assertThat(range + " of 1 to 8", histogram.selectivity(range), closeTo(0, ROUNDING));
        }
    }

    @Test
    @DisplayName("a histogram of no values finds nothing, and one of some finds all of them without ends")
    void withoutEnds() {
        for (ValueRange range : List.of(ValueRange.all(), ValueRange.equalTo(1), ValueRange.atLeast(0))) {
            assertThat(range + " of no values", Histogram.empty(ColumnType.INT).selectivity(range), closeTo(0, 0));
        }
        Histogram one = build(ColumnType.INT, List.of(4), 1, 1, 1);
        assertThat("all of the one value 4", one.selectivity(ValueRange.all()), closeTo(1, ROUNDING));
        assertThat("= 4 of the one value 4", one.selectivity(ValueRange.equalTo(4)), closeTo(1, ROUNDING));
    }

    private static void check(
            String what, ColumnType type, List<Object> values, int announced, int bucketsMax, double rowsPerValue) {
        List<Bucket> expected = model(type, values, announced, bucketsMax, rowsPerValue);
        List<Bucket> actual =
                build(type, values, announced, bucketsMax, rowsPerValue).buckets();
        String in = what + " in at most " + bucketsMax + " buckets, " + rowsPerValue + " rows a value: ";
        assertEquals(expected.size(), actual.size(), in + "buckets of " + values);
        for (int i = 0; i < expected.size(); i++) {
            Bucket wanted = expected.get(i);
            Bucket found = actual.get(i);
            assertEquals(wanted.lower(), found.lower(), in + "smallest value of bucket " + i + " of " + values);
            assertEquals(wanted.upper(), found.upper(), in + "greatest value of bucket " + i + " of " + values);
            assertThat(in + "share of " + wanted, found.share(), closeTo(wanted.share(), ROUNDING));
            assertThat(
                    in + "different values of " + wanted,
                    found.distinct(),
                    closeTo(wanted.distinct(), ROUNDING * wanted.distinct()));
        }
    }

    /** The buckets by their definition, from the values and how often each is there. */
    private static List<Bucket> model(
            ColumnType type, List<Object> values, int announced, int bucketsMax, double rowsPerValue) {
        Map<Object, Integer> counts = new LinkedHashMap<>();
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        int depth = (int) Math.ceil((double) announced / bucketsMax);
        List<Bucket> buckets = new ArrayList<>();
        List<Object> inside = new ArrayList<>();
        int count = 0;
        int once = 0;
        for (Map.Entry<Object, Integer> value : counts.entrySet()) {
            inside.add(value.getKey());
            count += value.getValue();
            once += value.getValue() == 1 ? 1 : 0;
            if (count >= depth) {
                buckets.add(bucket(inside, count, once, values.size(), rowsPerValue));
                inside.clear();
                count = 0;
                once = 0;
            }
        }
        if (count > 0) {
            buckets.add(bucket(inside, count, once, values.size(), rowsPerValue));
        }
        return buckets;
    }

    private static Bucket bucket(List<Object> inside, double count, double once, int all, double rowsPerValue) {
        double distinct = inside.size();
        return new Bucket(
                inside.get(0),
                inside.get(inside.size() - 1),
                count / all,
                count * distinct / (count - once + once / rowsPerValue));
    }

    /** The estimate by its definition, bucket after bucket. */
    private static double expected(ColumnType type, List<Bucket> buckets, ValueRange range) {
        Bound lower = range.lower();
        Bound upper = range.upper();
        if (lower != null
                && upper != null
                && lower.inclusive()
                && upper.inclusive()
                && type.compare(lower.value(), upper.value()) == 0) {
            double rarest = buckets.stream()
                    .mapToDouble(bucket -> bucket.share() / bucket.distinct())
                    .min()
                    .orElse(0);
            double equal = equal(type, buckets, lower.value());
            return equal > 0 ? equal : rarest;
        }
        double from = 0;
        if (lower != null) {
            from = below(type, buckets, lower.value()) + (lower.inclusive() ? 0 : equal(type, buckets, lower.value()));
        }
        double to = 1;
        if (upper != null) {
            to = below(type, buckets, upper.value()) + (upper.inclusive() ? equal(type, buckets, upper.value()) : 0);
        }
        return Math.max(0, to - from);
    }

    private static double equal(ColumnType type, List<Bucket> buckets, Object value) {
        return buckets.stream()
                .filter(bucket ->
                        ValueRange.between(bucket.lower(), bucket.upper()).contains(type, value))
                .mapToDouble(bucket -> bucket.share() / bucket.distinct())
                .sum();
    }

    private static double below(ColumnType type, List<Bucket> buckets, Object value) {
        double share = 0;
        for (Bucket bucket : buckets) {
            if (type.compare(bucket.upper(), value) < 0) {
                share += bucket.share();
            } else if (type.compare(bucket.lower(), value) < 0) {
                double place = place(type, bucket, value);
                share += place * bucket.share() * (bucket.distinct() - 1) / bucket.distinct();
            }
        }
        return share;
    }

    /** The place of a value in a bucket: of numbers by their distance, of other types only at the greatest value. */
    private static double place(ColumnType type, Bucket bucket, Object value) {
        if (type.compare(bucket.upper(), value) == 0) {
            return 1;
        }
        double lower = (Integer) bucket.lower();
        return ((Integer) value - lower) / ((Integer) bucket.upper() - lower);
    }

    private static Histogram build(
            ColumnType type, List<?> sorted, int announced, int bucketsMax, double rowsPerValue) {
        Histogram.Builder builder = new Histogram.Builder(type, announced, bucketsMax, rowsPerValue);
        sorted.forEach(builder::add);
        return builder.build();
    }

    private static @Nullable Bound bound(List<Object> values, Random random) {
        Object other = new RandomRows(random).value(ColumnType.INT);
        return endOf(random.nextInt(3) > 0 ? values : List.of(other), random);
    }

    private static @Nullable Bound endOf(List<Object> values, Random random) {
        Object value = values.get(random.nextInt(values.size()));
        return random.nextInt(5) == 0 ? null : new Bound(value, random.nextBoolean());
    }

    private static ColumnType anyType(Random random) {
        return ColumnType.values()[random.nextInt(ColumnType.values().length)];
    }

    /** Some values in order, with duplicates. */
    private static List<Object> values(ColumnType type, Random random) {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            values.add(
                    values.isEmpty() || random.nextInt(3) > 0
                            ? new RandomRows(random).value(type)
                            : values.get(random.nextInt(values.size())));
        }
        Comparator<Object> order = RandomRows::compare;
        values.sort(order);
        return values;
    }
}
