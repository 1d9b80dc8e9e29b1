package storagelab.hybrid.experiment;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;

/** The loads of the decision matrix. All are made of what a shop does: it reads and changes prices, and writes and reads orders. */
enum MatrixLoad {
    /** Nineteen of twenty requests read a price; the others read an order. */
    READS("reads", 95, 0, 0, 0),

    /** Every request writes an order. */
    WRITES("writes", 0, 0, 100, 0),

    /** Every request reads the hundred orders from some order on. */
    SCANS("scans", 0, 0, 0, 100),

    /** The shop: prices are read and changed, orders are written, and sometimes one is read. */
    MIXED("mixed", 45, 30, 20, 0),

    /** As the shop, and the products that sell change five times. */
    SHIFTING("shifting", 45, 30, 20, 0);

    static final int PRODUCTS = 4_000; // of each season
    static final int SEASONS = 5;

    private static final int PERCENT = 100;
    private static final int SCANNED = 100;
    private static final long SCATTER = 0x9E3779B97F4A7C15L; // odd, so that no two orders have the same key

    private final String title;
    private final int readsPrice;
    private final int putsPrice;
    private final int putsOrder;
    private final int scans;

    MatrixLoad(String title, int readsPrice, int putsPrice, int putsOrder, int scans) {
        this.title = title;
        this.readsPrice = readsPrice;
        this.putsPrice = putsPrice;
        this.putsOrder = putsOrder;
        this.scans = scans;
    }

    /** What it is called in tables. */
    String title() {
        return title;
    }

    static Slice price(int product) {
        return Shop.product(product);
    }

    /** Orders come in no order of their keys. */
    static Slice order(long number) {
        return Slice.utf8("order:%016x".formatted(number * SCATTER));
    }

    /** A run of the load: what comes next depends on the seed and on how many requests there were. */
    final class Run {
        private final OrderedStore store;
        private final SplittableRandom random;
        private final long requests;
        private long done;
        private long orders;

        /** A run of so many requests, in a store with so many orders. */
        Run(OrderedStore store, SplittableRandom random, long orders, long requests) {
            this.store = store;
            this.random = random;
            this.orders = orders;
            this.requests = requests;
        }

        /** Makes the next request, which is not sent yet. It returns how many bytes of values it has read, so that nobody can leave the reading out. */
        LongSupplier next() {
            int chance = random.nextInt(PERCENT);
            int season = MatrixLoad.this == SHIFTING ? (int) (done * SEASONS / requests) : 0;
            done++;
            Slice price = price(season * PRODUCTS + random.nextInt(PRODUCTS));
            if (chance < readsPrice) {
                return () -> length(price);
            }
            if (chance < readsPrice + putsPrice) {
                return put(price);
            }
            if (chance < readsPrice + putsPrice + putsOrder) {
                return put(order(orders++));
            }
            Slice order = order(random.nextLong(orders));
            boolean isScan = chance < readsPrice + putsPrice + putsOrder + scans;
            return isScan ? () -> scan(order) : () -> length(order);
        }

        private LongSupplier put(Slice key) {
            Slice value = Shop.value(random);
            return () -> {
                store.put(key, value);
                return 0;
            };
        }

        private long length(Slice key) {
            return store.get(key).map(Slice::length).orElse(0);
        }

        private long scan(Slice from) {
            long bytes = 0;
            try (Cursor cursor = store.cursor(KeyRange.from(from))) {
                cursor.seek(from);
                for (int i = 0; i < SCANNED && cursor.isValid(); i++, cursor.next()) {
                    bytes += cursor.value().length();
                }
            }
            return bytes;
        }
    }
}
