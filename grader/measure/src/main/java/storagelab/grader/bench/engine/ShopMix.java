package storagelab.grader.bench.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.LoadedStore.LateException;
import storagelab.grader.bench.engine.PhaseResult.Figure;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * A shop: prices, some of which are hot, and orders, which are written once, in no order of their keys. {@link ShopClient} sends the requests and checks the answers; {@link #verify} checks all
 * prices and some of the orders.
 *
 * <p>Records: the prices have the smallest numbers, {@value #SEASONS} times as many as are hot at a time; the orders have numbers from a billion on.
 */
final class ShopMix implements Closeable {
    static final int SEASONS = 5;
    private static final int HOT_MIN = 2; // one for each client
    private static final int HOT_MAX = 10_000;
    private static final int RECORDS_A_HOT_ONE = 100;
    private static final long FIRST_ORDER = 1_000_000_000L;
    private static final int ORDERS_A_RECORD = 4; // that there may be in the end
    private static final int REQUESTS_SHARE = 2; // of the records; as many are made before the clock starts
    private static final int SETTLE_SHARE = 1; // of the records: a router believes only what lasts
    private static final double SCAN_COSTS = 20; // requests
    private static final double SCAN_SETTLES_IN = 4; // requests: a tree that changes its shape for scans is merged once
    private static final double READ_COSTS =
            0.2; // requests: else what was written before is still merged when the clock stops
    private static final int CHECKED_ORDERS = 16;
    private static final double NANOS_A_SECOND = 1e9;

    private final PeerEngine engine;
    private final int records;
    private final int hot;
    private final SplittableRandom random;
    private final KeyOrder orderNumbers;
    private final int[] versions; // of all prices, each put by one client at a time
    private final AtomicInteger orders = new AtomicInteger(); // begun; all are put when no client runs
    private long putBytes;

    /** The {@code engine} is open and empty, and will have so many records when it is loaded. */
    ShopMix(PeerEngine engine, int records, long seed) {
        this.engine = engine;
        this.records = records;
        this.hot = Math.max(HOT_MIN, Math.min(HOT_MAX, records / RECORDS_A_HOT_ONE));
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
                (double) own.fileBytes() / ((versions.length + orders.longValue()) * Records.RECORD_BYTES));
        return perSecond;
    }

    private static void add(Map<Figure, Double> figures, Figure figure, double value) {
        if (Double.isFinite(value)) {
            figures.put(figure, value);
        }
    }

    /** How many prices are hot at a time. */
    int hot() {
        return hot;
    }

    /** The number of the order that was put at {@code place}, from 0 on. */
    long order(int place) {
        return FIRST_ORDER + orderNumbers.at(place);
    }

    /** The place of a new order. */
    int nextOrder() throws IOException {
        int place = orders.getAndIncrement();
        if (place >= ORDERS_A_RECORD * records) {
            throw new IOException("there are no more numbers for orders");
        }
        return place;
    }

    /** The version that is put next of {@code price}, by the one client that puts it. */
    int nextVersion(int price) {
        return ++versions[price];
    }

    /** Loads prices and orders, so many a commit, with a checkpoint at the end, and says how many that were a second. */
    double fill(int batch, long nanosMax) throws IOException, LateException {
        long start = System.nanoTime();
        for (int done = 0; done < records; ) {
            int count = Math.min(batch, records - done);
            byte[][] keys = new byte[count][];
            byte[][] values = new byte[count][];
            for (int i = 0; i < count; i++, done++) {
                long number = done < versions.length ? done : order(nextOrder());
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
        double costs = costs(workload, SCAN_COSTS);
        int requests = Math.max(SEASONS, (int) (records / REQUESTS_SHARE / costs));
        int toSettle = (int) (records / SETTLE_SHARE / costs(workload, SCAN_SETTLES_IN));
        List<ShopClient> clients = new ArrayList<>();
        List<Overload> loads = new ArrayList<>();
        int count = workload.clients();
        for (int me = 0; me < count; me++) {
            ShopClient client = new ShopClient(this, engine, me, count, random.nextLong());
            clients.add(client);
            loads.add(new Overload(client.work(workload, Math.max(1, requests / SEASONS / count))));
        }
        atOnce(clients, client -> loads.get(client).settle(toSettle / count, nanosMax));
        double perSecond = atOnce(clients, client -> loads.get(client).run(requests / count, nanosMax));
        for (ShopClient client : clients) {
            putBytes += client.putBytes();
        }
        Overload.figures(loads).forEach((figure, value) -> add(figures, figure, value));
        return perSecond;
    }

    private static double costs(EngineWorkload workload, double scan) {
        return switch (workload) {
            case SHOP_SCAN -> scan;
            case SHOP_READ -> READ_COSTS;
            default -> 1;
        };
    }

    private interface Part {
        /** What client number {@code client} does; says how many requests that were a second. */
        double run(int client) throws IOException;
    }

    /** Each client does its part in a thread of its own; says how many requests all made a second. */
    private double atOnce(List<ShopClient> clients, Part part) throws IOException {
        List<Threads.Task> tasks = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            int client = i;
            clients.get(i).know(orders.get());
            tasks.add(() -> part.run(client));
        }
        return Threads.sum(tasks);
    }

    /** Reads all prices, and one of sixteen orders, and compares all bytes. */
    void verify() throws IOException {
        for (int price = 0; price < versions.length; price++) {
            Records.checkWhole(present(price), price, versions[price]);
        }
        for (int i = 0; i < orders.get(); i += CHECKED_ORDERS) {
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
