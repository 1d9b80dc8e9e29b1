package storagelab.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * Counts what a store is asked for: the requests of each kind for each of some ranges of keys, and for each key about how many.
 * Its memory grows neither with the keys nor with the requests.
 *
 * <p>Counts fade. A request of the time t counts 2^(−(now − t) / h) at the time now, where h is the half-life: 1 at first, a
 * half after one half-life, a quarter after two. Bytes and entries fade in the same way. Times are those of the clock of the
 * options, in milliseconds.
 *
 * <p>No timer is needed for that. Choose a moment L, the <em>landmark</em>: at first, the one at which the tracker was made. A
 * request at the time t adds 2^((t − L) / h) to its counter. Reading a counter at the time now divides it by 2^((now − L) / h).
 * So all counters fade because one number grows, and none is written for it. This number must not become greater than a double
 * can be, which is 2^1024: the first request that comes more than 512 half-lives after the landmark makes its own time the
 * landmark, and divides all counters by the number that belongs to it. Counts stay right however long the tracker lives.
 *
 * <p>Example, with h = 60 s: eight puts of 100 bytes at 0 s, and at 60 s two gets that find 300 bytes each. With L = 0 s, the
 * puts add 8 · 1 to their counter, and the gets 2 · 2.
 *
 * <pre>
 *   read at   divided by   puts   hits   bytes written   bytes read   mean value
 *      60 s            2      4      2             400          600        166.7
 *     120 s            4      2      1             200          300        166.7
 *     180 s            8      1    0.5             100          150        166.7
 * </pre>
 *
 * <p>Sampling: with {@link TrackerOptions#oneIn()} of n, each request is counted with the probability 1 / n, whatever came before it. One that is counted has n times its weight: it
 * counts as n requests, with n times its bytes and entries, in its range and in the sketch. So counts are right on average. The count of r requests differs
 * from r by about √((n − 1) · r), which is 2.6 % for n = 8 and r = 10,000. A request that is not counted costs next to nothing: it does not look at the clock. If it were each n-th request
 * instead, a client that gets and puts in turn would seem to do only one of the two. With n = 1, each request is counted.
 *
 * <p>Ranges: at first there is one, of all keys. {@link #split} and {@link #merge} change the boundaries. Each key is in one
 * range at any time, and a request counts in the range that has its key. A scan counts in the range in which it begins: for a
 * scan over several ranges, the caller reports one part for each of them.
 *
 * <p>Keys: each hit, miss, put and delete is also given to a {@link CountMinSketch} with the seed and the errors of the options,
 * with the weight that it has in its range. A scan is not. Since all weights fade together, the bounds of the sketch hold at any
 * time for faded counts: if each request is counted, what {@link #requestsOf} returns is never too small, and rarely too large by more than ε times the
 * faded requests for all keys.
 *
 * <p>Concurrency: any number of threads. A request waits for no other thread, unless the landmark moves. No request is lost,
 * except that one which runs at the same moment as a split, a merge or a move of the landmark may be.
 *
 * <p>Cost: a request that is counted takes O(log ranges) comparisons, at most three counters, and the d cells of its key. {@link #ranges},
 * {@link #split} and {@link #merge} take O(ranges). A move of the landmark takes O(ranges + cells).
 *
 * <p>Source: Cormode, Shkapenyuk, Srivastava and Xu, "Forward Decay: A Practical Time Decay Model for Streaming Systems" (2009).
 */
@Exercise(id = "7.2", title = "What a store is asked for", points = 8, difficulty = Difficulty.MEDIUM, hours = 6)
public final class AccessTracker {
    private static final int HITS = 0;
    private static final int MISSES = 1;
    private static final int SHORT_SCANS = 2;
    private static final int LONG_SCANS = 3;
    private static final int SCANNED_ENTRIES = 4;
    private static final int PUTS = 5;
    private static final int DELETES = 6;
    private static final int BYTES_READ = 7;
    private static final int BYTES_WRITTEN = 8;
    private static final int COUNTERS = 9;

    private static final double HALF_LIVES_MAX = 512;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final TrackerOptions options;
    private final double halfLifeMillis;
    private final long startMillis;
    private volatile Layout layout; // replaced under the monitor

    /** A tracker with one range, of all keys, and all counts 0. */
    public AccessTracker(TrackerOptions options) {
        this.options = options;
        this.halfLifeMillis = options.halfLife().toMillis();
        this.startMillis = options.clock().millis();
        CountMinSketch keys = new CountMinSketch(options.keyError(), options.keyErrorProbability(), options.seed());
        this.layout = new Layout(
                startMillis, new Boundaries(new Slice[] {Slice.EMPTY}), new Counters[] {new Counters()}, keys);
    }

    /**
     * A get of {@code key} found a value of {@code valueBytes} bytes.
     *
     * @throws IllegalArgumentException if that is negative; nothing is counted
     */
    public void hit(Slice key, int valueBytes) {
        countValue(key, HITS, BYTES_READ, valueBytes);
    }

    /** A get of {@code key} found nothing. */
    public void miss(Slice key) {
        countKey(key, MISSES);
    }

    /**
     * A value of {@code valueBytes} bytes was put for {@code key}.
     *
     * @throws IllegalArgumentException if that is negative; nothing is counted
     */
    public void put(Slice key, int valueBytes) {
        countValue(key, PUTS, BYTES_WRITTEN, valueBytes);
    }

    /** {@code key} was deleted. */
    public void delete(Slice key) {
        countKey(key, DELETES);
    }

    /**
     * A scan from {@code from} on returned {@code entries} entries, whose values have {@code valueBytes} bytes together. It is a
     * short scan if these are at most {@link TrackerOptions#shortScanEntriesMax()} entries, and a long one otherwise.
     *
     * @throws IllegalArgumentException if a number is negative; nothing is counted
     */
    public void scan(Slice from, int entries, long valueBytes) {
        if (entries < 0 || valueBytes < 0) {
            throw new IllegalArgumentException("a scan of " + entries + " entries and " + valueBytes + " bytes");
        }
        if (!isCounted()) {
            return;
        }
        Moment now = now();
        Counters counters = now.layout.countersOf(from);
        counters.add(entries <= options.shortScanEntriesMax() ? SHORT_SCANS : LONG_SCANS, now.weight);
        counters.add(SCANNED_ENTRIES, now.weight * entries);
        counters.add(BYTES_READ, now.weight * valueBytes);
    }

    /** Whether chance chooses the next request. */
    private boolean isCounted() {
        int oneIn = options.oneIn();
        return oneIn == 1 || ThreadLocalRandom.current().nextInt(oneIn) == 0;
    }

    private void countKey(Slice key, int counter) {
        if (!isCounted()) {
            return;
        }
        Moment now = now();
        now.layout.countersOf(key).add(counter, now.weight);
        now.layout.keys.add(key, now.weight);
    }

    private void countValue(Slice key, int counter, int byteCounter, int valueBytes) {
        if (valueBytes < 0) {
            throw new IllegalArgumentException("a value of " + valueBytes + " bytes");
        }
        if (!isCounted()) {
            return;
        }
        Moment now = now();
        Counters counters = now.layout.countersOf(key);
        counters.add(counter, now.weight);
        counters.add(byteCounter, now.weight * valueBytes);
        now.layout.keys.add(key, now.weight);
    }

    /**
     * What was counted for each range, in the order of the keys. Next to a split or a merge, all are from before it or all from
     * after it.
     */
    public List<RangeStatistics> ranges() {
        Layout current = layout;
        double scale = scale(current);
        List<RangeStatistics> ranges = new ArrayList<>(current.counters.length);
        for (int i = 0; i < current.counters.length; i++) {
            ranges.add(current.statistics(i, scale));
        }
        return ranges;
    }

    /** What was counted for the range that has {@code key}. */
    public RangeStatistics rangeOf(Slice key) {
        Layout current = layout;
        return current.statistics(current.boundaries.indexOf(key), scale(current));
    }

    /** About how many hits, misses, puts and deletes {@code key} had; they have faded as all counts have. */
    public double requestsOf(Slice key) {
        Layout current = layout;
        return current.keys.estimate(key) * scale(current);
    }

    /**
     * How many seconds of requests the counts stand for: h / ln 2 · (1 − 2^(−T / h)), where T is the time since the tracker was
     * made. Divided by them, a count is a rate: of a load of r requests a second that has been the same since then, the count is
     * r times these seconds.
     *
     * <p>Example: with h = 60 s it is 43.3 s after one minute, 64.9 s after two, and never more than 86.6 s.
     */
    public double countedSeconds() {
        double age = (options.clock().millis() - startMillis) / halfLifeMillis;
        return halfLifeMillis / MILLIS_PER_SECOND / Math.log(2) * (1 - Math.pow(2, -age));
    }

    /**
     * Divides the range that has the key {@code at} into the range of its keys before {@code at}, and the range from {@code at}
     * on. Each of the two gets half of all counts. That is a guess, as the tracker does not know which keys of a range were
     * asked for; it fades as all counts do. The counts of the other ranges stay as they are.
     *
     * @param at a key; it is copied, since it may be a small part of a large array
     * @throws IllegalArgumentException if a range already begins at {@code at}, as the first one does at the empty key
     * @throws IllegalStateException if there are {@link TrackerOptions#rangesMax()} ranges already
     */
    public synchronized void split(Slice at) {
        Layout current = layout;
        int index = current.boundaries.indexOf(at);
        Slice start = current.boundaries.starts[index];
        if (start.equals(at)) {
            throw new IllegalArgumentException("a range begins at " + at + " already");
        }
        if (current.counters.length == options.rangesMax()) {
            throw new IllegalStateException("there are " + options.rangesMax() + " ranges already");
        }
        Counters half = current.counters[index].scaled(0.5);
        Slice boundary = Slice.wrap(at.toByteArray());
        layout = current.replaced(index, 1, List.of(start, boundary), List.of(half, half.scaled(1)));
    }

    /**
     * Makes one range of the one that begins at {@code at} and the one that ends there. Its counts are the sums of theirs. The
     * counts of the other ranges stay as they are.
     *
     * @throws IllegalArgumentException if no range begins at {@code at}, or only the first one does
     */
    public synchronized void merge(Slice at) {
        Layout current = layout;
        int index = current.boundaries.indexOf(at);
        if (index == 0 || !current.boundaries.starts[index].equals(at)) {
            throw new IllegalArgumentException("no two ranges meet at " + at);
        }
        Slice start = current.boundaries.starts[index - 1];
        Counters sum = current.counters[index - 1].plus(current.counters[index]);
        layout = current.replaced(index - 1, 2, List.of(start), List.of(sum));
    }

    /** Where and with which weight a request counts now. */
    private Moment now() {
        long millis = options.clock().millis();
        Layout current = layout;
        if (millis - current.landmark > HALF_LIVES_MAX * halfLifeMillis) {
            current = moveLandmark(millis);
        }
        Moment latest = current.latest;
        if (latest == null || latest.millis != millis) {
            latest = new Moment(current, millis, options.oneIn() * weight(millis - current.landmark));
            current.latest = latest;
        }
        return latest;
    }

    private synchronized Layout moveLandmark(long now) {
        Layout current = layout;
        long age = now - current.landmark;
        if (age > HALF_LIVES_MAX * halfLifeMillis) { // unless another thread has done it
            double factor = weight(-age);
            Counters[] counters = new Counters[current.counters.length];
            Arrays.setAll(counters, i -> current.counters[i].scaled(factor));
            layout = new Layout(now, current.boundaries, counters, current.keys.scaled(factor));
        }
        return layout;
    }

    private double weight(long millisAfterLandmark) {
        return Math.pow(2, millisAfterLandmark / halfLifeMillis);
    }

    /** What a counter of {@code current} is multiplied by to give what it counts now. */
    private double scale(Layout current) {
        return weight(current.landmark - options.clock().millis());
    }

    /** A millisecond, where its requests count, and what one of them adds to its counter. */
    private record Moment(Layout layout, long millis, double weight) {}

    /** The counters of one range, in the units of a landmark. */
    private static final class Counters {
        private final DoubleAdder[] sums = new DoubleAdder[COUNTERS];

        Counters() {
            Arrays.setAll(sums, i -> new DoubleAdder());
        }

        void add(int counter, double amount) {
            sums[counter].add(amount);
        }

        double sum(int counter) {
            return sums[counter].sum();
        }

        Counters scaled(double factor) {
            Counters scaled = new Counters();
            for (int i = 0; i < COUNTERS; i++) {
                scaled.add(i, factor * sum(i));
            }
            return scaled;
        }

        Counters plus(Counters other) {
            Counters sum = scaled(1);
            for (int i = 0; i < COUNTERS; i++) {
                sum.add(i, other.sum(i));
            }
            return sum;
        }
    }

    /** The ranges and all counters, in the units of one landmark. */
    private static final class Layout {
        private final long landmark;
        private final Boundaries boundaries;
        private final Counters[] counters;
        private final CountMinSketch keys;
        private volatile @Nullable Moment latest; // requests of the same millisecond share the weight

        Layout(long landmark, Boundaries boundaries, Counters[] counters, CountMinSketch keys) {
            this.landmark = landmark;
            this.boundaries = boundaries;
            this.counters = counters;
            this.keys = keys;
        }

        Counters countersOf(Slice key) {
            return counters[boundaries.indexOf(key)];
        }

        /** With other ranges in the place of {@code count} ranges from {@code index} on. */
        Layout replaced(int index, int count, List<Slice> otherStarts, List<Counters> otherCounters) {
            List<Slice> newStarts = new ArrayList<>(List.of(boundaries.starts));
            newStarts.subList(index, index + count).clear();
            newStarts.addAll(index, otherStarts);
            List<Counters> newCounters = new ArrayList<>(List.of(counters));
            newCounters.subList(index, index + count).clear();
            newCounters.addAll(index, otherCounters);
            return new Layout(
                    landmark,
                    new Boundaries(newStarts.toArray(Slice[]::new)),
                    newCounters.toArray(Counters[]::new),
                    keys);
        }

        RangeStatistics statistics(int index, double scale) {
            Counters of = counters[index];
            return new RangeStatistics(
                    boundaries.range(index),
                    of.sum(HITS) * scale,
                    of.sum(MISSES) * scale,
                    of.sum(SHORT_SCANS) * scale,
                    of.sum(LONG_SCANS) * scale,
                    of.sum(SCANNED_ENTRIES) * scale,
                    of.sum(PUTS) * scale,
                    of.sum(DELETES) * scale,
                    of.sum(BYTES_READ) * scale,
                    of.sum(BYTES_WRITTEN) * scale);
        }
    }

    /**
     * Finds the range of a key. Range i begins at {@code starts[i]}, and the first one at the empty key. Keys are compared by
     * eight bytes at once, the first ones after what all other starts have in common; only if these are those of a start, by all
     * of them.
     */
    private static final class Boundaries {
        private final Slice[] starts;
        private final Slice prefix; // of all starts but the first one
        private final long[]
                words; // of starts[i + 1], after the prefix, so that signed numbers have the order of the bytes

        Boundaries(Slice[] starts) {
            this.starts = starts;
            int last = starts.length - 1;
            int common = last == 0 ? 0 : starts[1].commonPrefix(starts[last]);
            int whole = Math.max(0, starts[Math.min(1, last)].length() - Long.BYTES); // where eight bytes are left
            this.prefix = starts[last].subSlice(0, Math.min(common, whole));
            this.words = new long[last];
            Arrays.setAll(words, i -> word(starts[i + 1]));
        }

        private long word(Slice key) {
            return key.wordAt(prefix.length()) ^ Long.MIN_VALUE;
        }

        /** The last range that begins at {@code key} or before it. */
        int indexOf(Slice key) {
            if (!key.startsWith(prefix)) {
                return key.compareTo(prefix) < 0 ? 0 : starts.length - 1;
            }
            long word = word(key);
            int smaller = 0; // how many words are smaller, at least
            for (int left = words.length; left > 0; ) {
                int half = (left + 1) / 2;
                smaller = words[smaller + half - 1] < word ? smaller + half : smaller;
                left -= half;
            }
            return smaller < words.length && words[smaller] == word ? indexFrom(smaller, key) : smaller;
        }

        /** As {@link #indexOf}, if range {@code from} begins at {@code key} or before it. */
        private int indexFrom(int from, Slice key) {
            int index = from;
            int end = starts.length;
            while (end - index > 1) {
                int middle = (index + end) >>> 1;
                if (starts[middle].compareTo(key) <= 0) {
                    index = middle;
                } else {
                    end = middle;
                }
            }
            return index;
        }

        KeyRange range(int index) {
            return new KeyRange(starts[index], index + 1 < starts.length ? starts[index + 1] : null);
        }
    }
}
