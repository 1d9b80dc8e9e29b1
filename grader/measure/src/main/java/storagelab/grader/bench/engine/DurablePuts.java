package storagelab.grader.bench.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts of new records from several threads into an engine that makes each durable before it returns. */
final class DurablePuts {
    private static final int RECORDS_MAX = 1 << 22;

    private final PeerEngine engine;
    private final KeyOrder order;
    private final AtomicInteger next = new AtomicInteger();

    DurablePuts(PeerEngine engine, long seed) {
        this.engine = engine;
        order = new KeyOrder(RECORDS_MAX, seed);
    }

    /** A work for each of {@code threads}. */
    List<Meter.Work> works(int threads) {
        List<Meter.Work> works = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            works.add(calls -> {
                for (int call = 0; call < calls; call++) {
                    long number = order.at(next.getAndIncrement());
                    engine.put(Records.key(number), Records.value(number, 0));
                }
                return calls;
            });
        }
        return works;
    }

    /** Reads every record that was put. */
    void verify() throws IOException {
        for (int i = 0; i < next.get(); i++) {
            long number = order.at(i);
            Records.check(engine.get(Records.key(number)), number);
        }
    }
}
