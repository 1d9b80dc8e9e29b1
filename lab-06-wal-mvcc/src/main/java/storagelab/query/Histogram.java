package storagelab.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.query.ValueRange.Bound;

/**
 * How the values of a column are distributed, in a bounded number of buckets of about the same number of values: an equi-depth
 * histogram. Where values are dense, buckets are narrow, so that a range of any place is known about equally well: each of its
 * two ends is in one bucket, and what lies between is counted exactly. With b buckets, the estimate of a range is off by at most
 * 2/b of the table. With buckets of equal width, one of them could have nearly all values.
 *
 * <p>A bucket has its smallest and its greatest value, its share of all values, and the number of different values in it. All
 * occurrences of a value are in one bucket.
 *
 * <p>Example: the values 1, 2, 3, 4, 5, 6, 7, 8, 100, 100, 100, 200 in three buckets are [1, 4], [5, 8] and [100, 200], of a third
 * each. There are 4, 4 and 2 different values in them.
 *
 * <p>Concurrency: immutable. Source: Piatetsky-Shapiro and Connell (1984).
 */
public final class Histogram {
    /**
     * Values next to each other.
     *
     * @param lower the smallest
     * @param upper the greatest
     * @param share of all values, more than 0
     * @param distinct how many different ones, at least 1
     */
    public record Bucket(Object lower, Object upper, double share, double distinct) {
        /** The share of one of the values. */
        double shareOfValue() {
            return share / distinct;
        }
    }

    private final ColumnType type;
    private final List<Bucket> buckets;
    private final double shareOfRarest;

    private Histogram(ColumnType type, List<Bucket> buckets) {
        this.type = type;
        this.buckets = List.copyOf(buckets);
        this.shareOfRarest =
                buckets.stream().mapToDouble(Bucket::shareOfValue).min().orElse(0);
    }

    /** The histogram of no values. */
    public static Histogram empty(ColumnType type) {
        return new Histogram(type, List.of());
    }

    /** The histogram of these buckets, which are in the order of their values. */
    static Histogram of(ColumnType type, List<Bucket> buckets) {
        return new Histogram(type, buckets);
    }

    /** The type of the values. */
    public ColumnType type() {
        return type;
    }

    /** The buckets, in the order of their values. */
    public List<Bucket> buckets() {
        return buckets;
    }

    /**
     * Estimates which part of the values is in {@code range}, from 0 to 1. With s for the share of a bucket, and d for the number of
     * its different values:
     *
     * <ul>
     *   <li>{@code = v}: s / d of the bucket whose smallest value is at most v and whose greatest is at least v. A value in no
     *       bucket was not drawn; it is taken to be as rare as the rarest, the smallest s / d of all buckets. {@link
     *       ValueRange#point} says whether a range is an equality.
     *   <li>{@code < v}: the shares of the buckets below, and of the bucket of v the part p · s · (d − 1) / d, where p is the place
     *       of v between the smallest (0) and the greatest value (1), see {@link Interpolation#position}. At the greatest value, all
     *       other d − 1 values are below.
     *   <li>{@code <= v}: those of {@code < v}, and s / d if v is in a bucket.
     *   <li>All other ranges are differences of these two, and at least 0: a range that ends before it begins has nothing.
     * </ul>
     *
     * <p>A histogram of no values finds nothing: every range is 0.
     *
     * <p>Example: the histogram above. {@code < 3} is 2/3 of the way from 1 to 4: 2/3 · 1/3 · 3/4 = 1/6, which are two of twelve.
     * {@code = 100} is 1/3 · 1/2, two of twelve, which are three. {@code = 50} is in no bucket: 1/3 · 1/4, one of twelve. {@code <
     * 150}: 1/3 + 1/3 + 1/2 · 1/3 · 1/2 = 3/4, nine of twelve, which are eleven. {@code > 1} is 1 − 1/12.
     *
     * <p>Cost: O(b), with b buckets.
     */
    @ExercisePart("6.13")
    public double selectivity(ValueRange range) {
        Object point = range.point(type);
        if (point != null) {
            double share = equal(point);
            return share > 0 ? share : shareOfRarest;
        }
        Bound lower = range.lower();
        Bound upper = range.upper();
        double below = lower == null ? 0 : less(lower.value()) + (lower.inclusive() ? 0 : equal(lower.value()));
        double to = buckets.isEmpty() ? 0 : 1;
        if (upper != null) {
            to = less(upper.value()) + (upper.inclusive() ? equal(upper.value()) : 0);
        }
        return Math.min(1, Math.max(0, to - below));
    }

    /** The share of a value that is in a bucket; 0 for others. */
    @Solution
    private double equal(Object value) {
        int index = find(value);
        boolean isCovered = index < buckets.size() && type.compare(buckets.get(index).lower, value) <= 0;
        return isCovered ? buckets.get(index).shareOfValue() : 0;
    }

    @Solution
    private double less(Object value) {
        int index = find(value);
        double share = 0;
        for (Bucket below : buckets.subList(0, index)) {
            share += below.share;
        }
        if (index == buckets.size()) {
            return share;
        }
        Bucket bucket = buckets.get(index);
        double position = Interpolation.position(type, bucket.lower, bucket.upper, value);
        return share + position * bucket.share * (bucket.distinct - 1) / bucket.distinct;
    }

    /** The first bucket whose greatest value is at least {@code value}; the number of buckets if there is none. */
    @Solution
    private int find(Object value) {
        int low = 0;
        int high = buckets.size();
        while (low < high) { // those before low end below the value; those from high on do not
            int middle = (low + high) >>> 1;
            if (type.compare(buckets.get(middle).upper, value) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        return buckets.size() + " buckets of " + type;
    }

    /**
     * Builds a histogram of values that come in order. Each of at most b buckets gets its part of the announced n values: n / b,
     * rounded up. A bucket ends with the last occurrence of the value with which it has that many, so that all occurrences of a value
     * are in one bucket. So there are never more than b buckets, and fewer if values are frequent. The last bucket has what is left.
     *
     * <p>The share of a bucket is its part of the values that have come. The number of its different values is that in the table, of
     * which the values may be a sample: a value that is once in the sample may be one of many that are rare, most of which were not
     * drawn. With n values of a bucket in the sample, d different ones, f of them once, and 1/q of the table drawn, it is n · d / (n −
     * f + f/q).
     *
     * <p>Example: 1, 2, 2, 2, 2, 3, 4, 5 in four buckets, two values each: [1, 2] with five of eight, [3, 4] with two and [5, 5] with
     * one. If a tenth of the table was drawn, the bucket [1, 2] has n = 5, d = 2 and f = 1: 5 · 2 / (5 − 1 + 0.1) = 2.44 different
     * values. The bucket [3, 4] has n = d = f = 2: 2 · 2 / 0.2 = 20, which says that there are no duplicates.
     *
     * <p>Cost: O(1) a value, and the memory of the buckets: the values are not kept.
     *
     * <p>Concurrency: one thread. Source: Haas and Stokes (1998), whose estimator Duj1 PostgreSQL has, too.
     */
    @ExercisePart("6.13")
    public static final class Builder {
        private final ColumnType type;
        private final long count;
        private final double rowsPerValue;
        private final long depth;
        private final List<Bucket> buckets = new ArrayList<>(); // with a number of values for the share

        private @Nullable Object lower; // of the bucket that is filled
        private @Nullable Object last;
        private long added;
        private long run; // how often the last value has come
        private long inBucket;
        private long distinct;
        private long once;

        /**
         * A builder.
         *
         * @param count at most so many values will come
         * @param bucketsMax at most so many buckets are built
         * @param rowsPerValue how many rows of the table each value stands for: 1 if all come, 10 if a tenth was drawn
         * @throws IllegalArgumentException if a number is less than 1
         */
        public Builder(ColumnType type, long count, int bucketsMax, double rowsPerValue) {
            if (count < 1 || bucketsMax < 1 || !(rowsPerValue >= 1)) {
                throw new IllegalArgumentException("a histogram of " + count + " values, of " + rowsPerValue
                        + " rows each, in " + bucketsMax + " buckets");
            }
            this.type = type;
            this.count = count;
            this.rowsPerValue = rowsPerValue;
            this.depth = (count + bucketsMax - 1) / bucketsMax;
        }

        /**
         * Adds the next value.
         *
         * @throws IllegalArgumentException if it is less than the one before, or one more than was announced; the builder goes on
         *     without it
         */
        public void add(Object value) {
            if (added == count) {
                throw new IllegalArgumentException("more than the " + count + " values that were announced");
            }
            Object before = last;
            int order = before == null ? -1 : type.compare(before, value);
            if (order > 0) {
                throw new IllegalArgumentException("the value " + value + " after " + before);
            }
            if (order < 0) {
                endRun();
                if (inBucket >= depth) {
                    endBucket();
                }
                if (inBucket == 0) {
                    lower = value;
                }
                last = value;
            }
            added++;
            run++;
        }

        /** The histogram of the values that have come, which may be fewer than were announced; without any, the empty one. */
        public Histogram build() {
            endRun();
            endBucket();
            return new Histogram(
                    type,
                    buckets.stream()
                            .map(bucket ->
                                    new Bucket(bucket.lower, bucket.upper, bucket.share / added, bucket.distinct))
                            .toList());
        }

        private void endRun() {
            if (run > 0) {
                inBucket += run;
                distinct++;
                once += run == 1 ? 1 : 0;
                run = 0;
            }
        }

        private void endBucket() {
            Object from = lower;
            Object to = last;
            if (inBucket == 0 || from == null || to == null) {
                return;
            }
            double inTable = inBucket * (double) distinct / (inBucket - once + once / rowsPerValue);
            buckets.add(new Bucket(from, to, inBucket, inTable));
            inBucket = 0;
            distinct = 0;
            once = 0;
        }
    }
}
