package storagelab.grader.bench.engine;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * One client of a shop, who sends one request after the other. Every answer is checked as it comes.
 *
 * <p>Clients get the same prices. Each puts its own, so that the last version of a price is known.
 *
 * <p>Concurrency: one thread; several clients of a shop run beside each other.
 */
final class ShopClient {
    private static final int SCANNED = 100;
    private static final int PERCENT = 100;
    private static final int GET_PRICE = 45;
    private static final int PUT_PRICE = 75;
    private static final int PUT_ORDER = 95;

    private final ShopMix shop;
    private final PeerEngine engine;
    private final int me;
    private final int clients;
    private final SplittableRandom random;
    private int known; // orders that may be read
    private int season;
    private int sinceSeason;
    private long putBytes;

    /**
     * @param me which of the clients this is, from 0 on
     * @param clients how many there are
     */
    ShopClient(ShopMix shop, PeerEngine engine, int me, int clients, long seed) {
        this.shop = shop;
        this.engine = engine;
        this.me = me;
        this.clients = clients;
        this.random = new SplittableRandom(seed);
    }

    private interface Request {
        void send() throws IOException;
    }

    /** Knows the first {@code orders} orders. No other client may be putting one of them. */
    void know(int orders) {
        known = orders;
    }

    /** Bytes of keys and values that it has put. */
    long putBytes() {
        return putBytes;
    }

    /**
     * The requests of {@code workload}, one for each call.
     *
     * @param seasonRequests if other prices become hot, after so many requests
     */
    Meter.Work work(EngineWorkload workload, int seasonRequests) {
        return switch (workload) {
            case SHOP, SHOP_2 -> each(this::mixed);
            case SHOP_SHIFT, SHOP_SHIFT_2 ->
                each(() -> {
                    if (++sinceSeason == seasonRequests) {
                        sinceSeason = 0;
                        season = (season + 1) % ShopMix.SEASONS;
                    }
                    mixed();
                });
            case SHOP_READ -> each(this::getPrice);
            case SHOP_WRITE -> each(this::putOrder);
            case SHOP_SCAN -> each(this::scan);
            default -> throw new IllegalArgumentException(workload + " is no load of a shop");
        };
    }

    private static Meter.Work each(Request request) {
        return calls -> {
            for (int i = 0; i < calls; i++) {
                request.send();
            }
            return calls;
        };
    }

    private void mixed() throws IOException {
        int chance = random.nextInt(PERCENT);
        if (chance < GET_PRICE) {
            getPrice();
        } else if (chance < PUT_PRICE) {
            putPrice();
        } else if (chance < PUT_ORDER) {
            putOrder();
        } else {
            getOrder();
        }
    }

    private void getPrice() throws IOException {
        int price = season * shop.hot() + random.nextInt(shop.hot());
        Records.check(engine.get(Records.key(price)), price);
    }

    private void putPrice() throws IOException {
        int price = season * shop.hot() + random.nextInt(shop.hot() / clients) * clients + me;
        engine.put(Records.key(price), Records.value(price, shop.nextVersion(price)));
        putBytes += Records.RECORD_BYTES;
    }

    private void getOrder() throws IOException {
        long order = shop.order(random.nextInt(known));
        Records.check(engine.get(Records.key(order)), order);
    }

    private void putOrder() throws IOException {
        long order = shop.order(shop.nextOrder());
        engine.put(Records.key(order), Records.value(order, 0));
        putBytes += Records.RECORD_BYTES;
    }

    private void scan() throws IOException {
        long first = shop.order(random.nextInt(known));
        ScanCheck check = new ScanCheck(first, ScanCheck.Following.ANY);
        engine.scan(Records.key(first), SCANNED, check);
        int unused = check.finish(1, SCANNED);
    }
}
