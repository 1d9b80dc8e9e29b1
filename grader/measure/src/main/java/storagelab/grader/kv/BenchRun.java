package storagelab.grader.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.grader.LabException;
import storagelab.grader.cli.Console;

/** The calls that {@code bench} makes, and how long they took. */
final class BenchRun {
    private static final int LOAD_BATCH = 1_000;
    private static final int SCANNED_ENTRIES = 100;
    private static final long SEED = 1;
    private static final int WARM_UP_SHARE = 4;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int DIGITS = 3;

    private final KvSession session;
    private final Plan plan;
    private final Console console;
    private final LongSupplier clock;
    private final Random random = new Random(SEED);
    private long readBytes; // so that the reading of values cannot be left out
    private final List<Result> results = new ArrayList<>();

    /** How much is done. */
    record Plan(int entries, int valueBytes, long nanosPerCallKind) {}

    /** How long calls of one kind took. */
    record Result(
            String call,
            long calls,
            double callsPerSecond,
            double p50Micros,
            double p99Micros,
            double p999Micros,
            double longestMicros) {}

    BenchRun(KvSession session, Plan plan) {
        this.session = session;
        this.plan = plan;
        this.console = new Console(session.context());
        this.clock = session.process().nanoClock();
    }

    /** Gets and scans of the keys that a store has. */
    List<Result> reads(OrderedStore store) {
        List<Slice> keys = new ArrayList<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid() && keys.size() < plan.entries; cursor.next()) {
                session.checkNotInterrupted();
                keys.add(Slice.wrap(cursor.key().toByteArray()));
            }
        }
        if (keys.isEmpty()) {
            throw new LabException(
                    "The store has no entries to read.", "Store some, or name a directory without a store.");
        }
        measureReads(store, keys);
        return results;
    }

    /** A load, puts, gets and scans of a store without entries. */
    List<Result> everything(OpenStore open) {
        OrderedStore store = open.entries();
        List<Slice> keys = new ArrayList<>();
        for (int i = 0; i < plan.entries; i++) {
            keys.add(key(i));
        }
        Collections.shuffle(keys, random);
        measureLoad(store, keys);
        open.checkpoint(); // so that gets read pages and tables, and not only what was just written
        measureReads(store, keys);
        measure("put, not synced", i -> store.put(any(keys), value()));
        measure("put, synced", i -> store.write(new WriteBatch().put(any(keys), value()), Durability.SYNCED));
        return results;
    }

    private void measureReads(OrderedStore store, List<Slice> keys) {
        measure("get", i -> {
            if (store.get(any(keys)).isEmpty()) {
                throw new AssertionError("a key that was there is not found");
            }
        });
        measure("get of a missing key", i -> {
            readBytes += store.get(missing(any(keys))).map(Slice::length).orElse(0);
        });
        measure("scan of " + SCANNED_ENTRIES + " entries", i -> scan(store, any(keys)));
    }

    private void scan(OrderedStore store, Slice from) {
        try (Cursor cursor = store.cursor(KeyRange.from(from))) {
            int left = SCANNED_ENTRIES;
            for (cursor.seekToFirst(); cursor.isValid() && left > 0; cursor.next()) {
                readBytes += cursor.value().length();
                left--;
            }
        }
    }

    private void measureLoad(OrderedStore store, List<Slice> keys) {
        Histogram nanos = new Histogram(DIGITS);
        long begin = clock.getAsLong();
        for (int from = 0; from < keys.size(); from += LOAD_BATCH) {
            WriteBatch batch = new WriteBatch();
            keys.subList(from, Math.min(keys.size(), from + LOAD_BATCH)).forEach(key -> batch.put(key, value()));
            long start = clock.getAsLong();
            store.write(batch, Durability.BUFFERED);
            nanos.recordValue(clock.getAsLong() - start);
            session.checkNotInterrupted();
            console.progress("load: %,d of %,d entries".formatted(from, keys.size()));
        }
        console.progressDone();
        results.add(result("load, batches of %,d".formatted(LOAD_BATCH), nanos, clock.getAsLong() - begin));
    }

    /** Calls until the time is over; a quarter of it more before, which is not counted. */
    private void measure(String name, IntConsumer call) {
        console.progress(name + " ...");
        Histogram ignored = new Histogram(DIGITS);
        long unused = callFor(plan.nanosPerCallKind / WARM_UP_SHARE, call, ignored);
        Histogram nanos = new Histogram(DIGITS);
        long taken = callFor(plan.nanosPerCallKind, call, nanos);
        console.progressDone();
        results.add(result(name, nanos, taken));
    }

    private long callFor(long budget, IntConsumer call, Histogram nanos) {
        long begin = clock.getAsLong();
        long end = begin;
        for (int i = 0; end - begin < budget; i++) {
            session.checkNotInterrupted();
            long start = clock.getAsLong();
            call.accept(i);
            end = clock.getAsLong();
            nanos.recordValue(Math.max(0, end - start));
        }
        return end - begin;
    }

    private static Result result(String name, Histogram nanos, long taken) {
        return new Result(
                name,
                nanos.getTotalCount(),
                taken == 0 ? 0 : nanos.getTotalCount() * 1e9 / taken,
                nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
                nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
                nanos.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
                nanos.getMaxValue() / NANOS_PER_MICRO);
    }

    /** A key just after {@code key}, which a store hardly has. */
    private static Slice missing(Slice key) {
        byte[] bytes = Arrays.copyOf(key.toByteArray(), key.length() + 1);
        return Slice.wrap(bytes);
    }

    private Slice any(List<Slice> keys) {
        return keys.get(random.nextInt(keys.size()));
    }

    private static Slice key(int number) {
        return Slice.utf8("key%013d".formatted(number));
    }

    private Slice value() {
        byte[] bytes = new byte[plan.valueBytes];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }
}
