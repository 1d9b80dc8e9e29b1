package storagelab.grader.bench.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.LoadedStore.LateException;
import storagelab.grader.bench.engine.PhaseResult.Figure;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * A shop: prices, some of which are hot, and orders, which are written once, in no order of their keys. Every answer is checked as it comes, and all prices and some of the orders by
 * {@link #verify}.
 *
 * <p>Records: the prices have the smallest numbers, {@value #SEASONS} times as many as are hot at a time; the orders have numbers from a billion on.
 */
final class ShopMix implements Closeable {
    private static final int SEASONS = 5;
    private static final int HOT_MAX = 10_000;
    private static final int RECORDS_A_HOT_ONE = 100;
    private static final long FIRST_ORDER = 1_000_000_000L;
    private static final int ORDERS_A_RECORD = 4; // that there may be in the end
    private static final int REQUESTS_SHARE = 2; // of the records; as many are made before the clock starts
    private static final int SETTLE_SHARE = 1; // of the records: a router believes only what lasts
    private static final int SCANNED = 100;
    private static final int SCAN_COSTS = 20; // requests
    private static final int SCAN_SETTLES_IN = 4; // requests: a tree that changes its shape for scans is merged once
    private static final int CHECKED_ORDERS = 16;
    private static final int CLOCK_INTERVAL = 1 << 10;
    private static final int PERCENT = 100;
    private static final int GET_PRICE = 45;
    private static final int PUT_PRICE = 75;
    private static final int PUT_ORDER = 95;
    private static final double NANOS_A_SECOND = 1e9;

    private final PeerEngine engine;
    private final int records;
    private final int hot;
    private final SplittableRandom random;
    private final KeyOrder orderNumbers;
    private final int[] versions; // of all prices
    private int orders;
    private long putBytes;
    private int season;

    /** The {@code engine} is open and empty, and will have so many records when it is loaded. */
    ShopMix(PeerEngine engine, int records, long seed) {
        this.engine = engine;
        this.records = records;
        this.hot = Math.max(1, Math.min(HOT_MAX, records / RECORDS_A_HOT_ONE));
        random = new SplittableRandom(seed);
        orderNumbers = new KeyOrder(ORDERS_A_RECORD * records, random.nextLong());
        versions = new int[SEASONS * hot];
    }

    /** What is measured, and what it did to the files. */
    interface Counted {
        /** Does it, and says how much that was a second. */
        double run() throws IOException, LateException;
    }

    /** Runs {@code phase}, makes a checkpoint, and adds how many bytes were written for each that was put, and the size of the files. */
    double counted(Counted phase, Map<Figure, Double> figures) throws IOException, LateException {
        ProcessIo before = ProcessIo.now();
        EngineCounters ownBefore = engine.counters();
        long putBefore = putBytes;
        double perSecond = phase.run();
        engine.checkpoint();
        double put = (double) putBytes - putBefore;
        EngineCounters own = engine.counters();
        if (put > 0) {
            add(figures, Figure.WRITE_AMPLIFICATION, ProcessIo.now().writtenSince(before) / put);
            add(figures, Figure.OWN_WRITE_AMPLIFICATION, own.writtenSince(ownBefore) / put);
        }
        add(
                figures,
                Figure.FILE_TO_DATA,
                (double) own.fileBytes() / ((versions.length + (long) orders) * Records.RECORD_BYTES));
        return perSecond;
    }

    private static void add(Map<Figure, Double> figures, Figure figure, double value) {
        if (Double.isFinite(value)) {
            figures.put(figure, value);
        }
    }

    private long order(int place) {
        return FIRST_ORDER + orderNumbers.at(place);
    }

    /** Loads prices and orders, so many a commit, with a checkpoint at the end, and says how many that were a second. */
    double fill(int batch, long nanosMax) throws IOException, LateException {
        long start = System.nanoTime();
        for (int done = 0; done < records; ) {
            int count = Math.min(batch, records - done);
            byte[][] keys = new byte[count][];
            byte[][] values = new byte[count][];
            for (int i = 0; i < count; i++, done++) {
                long number = done < versions.length ? done : order(orders++);
                keys[i] = Records.key(number);
                values[i] = Records.value(number, 0);
            }
            engine.putAll(keys, values);
            putBytes += (long) count * Records.RECORD_BYTES;
            long elapsed = System.nanoTime() - start;
            if (elapsed > nanosMax) {
                throw new LateException(done, records, elapsed);
            }
        }
        engine.checkpoint();
        return records * NANOS_A_SECOND / (System.nanoTime() - start);
    }

    /** Makes requests until the engine has settled, and then such that are timed one by one; adds how long they take. Says how many were made a second. */
    double run(EngineWorkload workload, long nanosMax, Map<Figure, Double> figures) throws IOException {
        int cost = workload == EngineWorkload.SHOP_SCAN ? SCAN_COSTS : 1;
        int requests = Math.max(SEASONS, records / REQUESTS_SHARE / cost);
        Meter.Work work = work(workload, requests);
        long start = System.nanoTime();
        int left = records / SETTLE_SHARE / (workload == EngineWorkload.SHOP_SCAN ? SCAN_SETTLES_IN : 1);
        while (left > 0 && System.nanoTime() - start < nanosMax) {
            left -= (int) work.run(Math.min(left, CLOCK_INTERVAL));
        }
        Overload timed = new Overload(work);
        double perSecond = timed.run(requests, nanosMax);
        timed.figures().forEach((figure, value) -> add(figures, figure, value));
        return perSecond;
    }

    private Meter.Work work(EngineWorkload workload, int requests) {
        return switch (workload) {
            case SHOP -> each(() -> request());
            case SHOP_SHIFT -> shifting(requests);
            case SHOP_READ -> each(() -> getPrice());
            case SHOP_WRITE -> each(() -> putOrder());
            case SHOP_SCAN -> each(() -> scan());
            default -> throw new IllegalArgumentException(workload + " is no load of a shop");
        };
    }

    private interface Request {
        void send() throws IOException;
    }

    private static Meter.Work each(Request request) {
        return calls -> {
            for (int i = 0; i < calls; i++) {
                request.send();
            }
            return calls;
        };
    }

    /** Other prices are hot after each fifth of the requests. */
    private Meter.Work shifting(int requests) {
        int[] made = {0};
        return each(() -> {
            if (++made[0] % Math.max(1, requests / SEASONS) == 0) {
                season = (season + 1) % SEASONS;
            }
            request();
        });
    }

    private void request() throws IOException {
        int chance = random.nextInt(PERCENT);
        if (chance < GET_PRICE) {
            getPrice();
        } else if (chance < PUT_PRICE) {
            putPrice();
        } else if (chance < PUT_ORDER) {
            putOrder();
        } else {
            long order = order(random.nextInt(orders));
            Records.check(engine.get(Records.key(order)), order);
        }
    }

    private int hotPrice() {
        return season * hot + random.nextInt(hot);
    }

    private void getPrice() throws IOException {
        int price = hotPrice();
        Records.check(engine.get(Records.key(price)), price);
    }

    private void putPrice() throws IOException {
        int price = hotPrice();
        engine.put(Records.key(price), Records.value(price, ++versions[price]));
        putBytes += Records.RECORD_BYTES;
    }

    private void putOrder() throws IOException {
        if (orders == ORDERS_A_RECORD * records) {
            throw new IOException("there are no more numbers for orders");
        }
        long order = order(orders++);
        engine.put(Records.key(order), Records.value(order, 0));
        putBytes += Records.RECORD_BYTES;
    }

    private void scan() throws IOException {
        long first = order(random.nextInt(orders));
        ScanCheck check = new ScanCheck(first, ScanCheck.Following.ANY);
        engine.scan(Records.key(first), SCANNED, check);
        int unused = check.finish(1, SCANNED);
    }

    /** Reads all prices, and one of sixteen orders, and compares all bytes. */
    void verify() throws IOException {
        for (int price = 0; price < versions.length; price++) {
            Records.checkWhole(present(price), price, versions[price]);
        }
        for (int i = 0; i < orders; i += CHECKED_ORDERS) {
            Records.checkWhole(present(order(i)), order(i), 0);
        }
    }

    private Slice present(long number) throws IOException {
        @Nullable Slice value = engine.get(Records.key(number));
        if (value == null) {
            throw new WrongAnswerException("record " + number + " was not found");
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}
