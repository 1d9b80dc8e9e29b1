// exercise: 7.2
// type: storagelab.workload.AccessTracker
// verdict: accepted
// because: the ranges are in a skip list that is copied for each change, with one array of atomic sums for each of them
public final class AccessTracker {
    private volatile Epoch epoch;

    private record Epoch(
            long landmark,
            java.util.concurrent.ConcurrentSkipListMap<Slice, com.google.common.util.concurrent.AtomicDoubleArray> sums,
            CountMinSketch sketch) {}

    public AccessTracker(TrackerOptions options) {
        this.options = options;
        this.halfLifeMillis = options.halfLife().toMillis();
        this.startMillis = options.clock().millis();
        java.util.concurrent.ConcurrentSkipListMap<Slice, com.google.common.util.concurrent.AtomicDoubleArray> first =
                new java.util.concurrent.ConcurrentSkipListMap<>();
        first.put(Slice.EMPTY, new com.google.common.util.concurrent.AtomicDoubleArray(9));
        this.epoch = new Epoch(
                startMillis, first, new CountMinSketch(options.keyError(), options.keyErrorProbability(), options.seed()));
    }

    private double power(long millis) {
        return Math.pow(2, (double) millis / options.halfLife().toMillis());
    }

    private static com.google.common.util.concurrent.AtomicDoubleArray times(
            com.google.common.util.concurrent.AtomicDoubleArray sums, double factor) {
        com.google.common.util.concurrent.AtomicDoubleArray product =
                new com.google.common.util.concurrent.AtomicDoubleArray(9);
        for (int i = 0; i < 9; i++) {
            product.set(i, sums.get(i) * factor);
        }
        return product;
    }

    private boolean isLeftOut() {
        return Math.random() >= 1.0 / options.oneIn();
    }

    private void request(@Nullable Slice key, Slice place, int kind, int other, double amount) {
        request(key, place, kind, other, amount, 0);
    }

    private void request(@Nullable Slice key, Slice place, int kind, int other, double amount, double scanned) {
        if (isLeftOut()) {
            return;
        }
        long now = options.clock().millis();
        Epoch in = epoch;
        if (now - in.landmark > 300 * options.halfLife().toMillis()) {
            in = renew(now);
        }
        double weight = options.oneIn() * power(now - in.landmark);
        var sums = in.sums.floorEntry(place).getValue();
        sums.addAndGet(kind, weight);
        if (amount > 0) {
            sums.addAndGet(other, weight * amount);
        }
        if (scanned > 0) {
            sums.addAndGet(7, weight * scanned);
        }
        if (key != null) {
            in.sketch.add(key, weight);
        }
    }

    private synchronized Epoch renew(long now) {
        double factor = power(epoch.landmark - now);
        var sums = new java.util.concurrent.ConcurrentSkipListMap<Slice, com.google.common.util.concurrent.AtomicDoubleArray>();
        epoch.sums.forEach((start, old) -> sums.put(start, times(old, factor)));
        epoch = new Epoch(now, sums, epoch.sketch.scaled(factor));
        return epoch;
    }

    private static void check(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("a size of " + number);
        }
    }

    public void hit(Slice key, int valueBytes) {
        check(valueBytes);
        request(key, key, 0, 7, valueBytes);
    }

    public void miss(Slice key) {
        request(key, key, 1, 1, 0);
    }

    public void put(Slice key, int valueBytes) {
        check(valueBytes);
        request(key, key, 5, 8, valueBytes);
    }

    public void delete(Slice key) {
        request(key, key, 6, 6, 0);
    }

    public void scan(Slice from, int entries, long valueBytes) {
        check(entries);
        check(valueBytes);
        int kind = entries > options.shortScanEntriesMax() ? 3 : 2;
        request(null, from, kind, 4, entries, valueBytes);
    }

    public List<RangeStatistics> ranges() {
        Epoch in = epoch;
        long now = options.clock().millis();
        List<RangeStatistics> ranges = new ArrayList<>();
        in.sums.keySet().forEach(start -> ranges.add(statistics(in, start, now)));
        return ranges;
    }

    private RangeStatistics statistics(Epoch in, Slice start, long now) {
        var sums = times(in.sums.get(start), power(in.landmark - now));
        return new RangeStatistics(
                new KeyRange(start, in.sums.higherKey(start)),
                sums.get(0),
                sums.get(1),
                sums.get(2),
                sums.get(3),
                sums.get(4),
                sums.get(5),
                sums.get(6),
                sums.get(7),
                sums.get(8));
    }

    public RangeStatistics rangeOf(Slice key) {
        Epoch in = epoch;
        return statistics(in, in.sums.floorKey(key), options.clock().millis());
    }

    public double requestsOf(Slice key) {
        Epoch in = epoch;
        return in.sketch.estimate(key) * power(in.landmark - options.clock().millis());
    }

    public double countedSeconds() {
        double halfLife = options.halfLife().toMillis() / 1000.0;
        return halfLife / Math.log(2) * (1 - power(startMillis - options.clock().millis()));
    }

    public synchronized void split(Slice at) {
        if (epoch.sums.containsKey(at)) {
            throw new IllegalArgumentException("there is a range from " + at + " on");
        }
        if (epoch.sums.size() >= options.rangesMax()) {
            throw new IllegalStateException("no more ranges");
        }
        var sums = epoch.sums.clone();
        var old = sums.floorEntry(at);
        sums.put(old.getKey(), times(old.getValue(), 0.5));
        sums.put(Slice.copyOf(at.toByteArray()), times(sums.get(old.getKey()), 1));
        epoch = new Epoch(epoch.landmark, sums, epoch.sketch);
    }

    public synchronized void merge(Slice at) {
        if (at.isEmpty() || !epoch.sums.containsKey(at)) {
            throw new IllegalArgumentException("no range begins at " + at);
        }
        var sums = epoch.sums.clone();
        var upper = sums.remove(at);
        var lower = sums.floorEntry(at);
        var both = times(lower.getValue(), 1);
        for (int i = 0; i < 9; i++) {
            both.addAndGet(i, upper.get(i));
        }
        sums.put(lower.getKey(), both);
        epoch = new Epoch(epoch.landmark, sums, epoch.sketch);
    }
}
