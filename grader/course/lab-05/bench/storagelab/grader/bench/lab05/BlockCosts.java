package storagelab.grader.bench.lab05;

import java.util.List;
import java.util.Random;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;

/** Bytes of blocks, with keys that share much and with keys that share little. */
public final class BlockCosts implements CostProbe {
    private static final int ENTRIES = 64;

    @Override
    public List<Cost> count(long seed) {
        long first = new Random(seed).nextInt(1 << 30);
        OrderBlock orders = OrderBlock.of(first, ENTRIES, 16);
        OrderBlock everyKeyWhole = OrderBlock.of(first, ENTRIES, 1);
        orders.check();
        everyKeyWhole.check();
        return List.of(
                Cost.timesReference(
                        "bytes of 64 entries, a restart every 16",
                        orders.bytes().length(),
                        1),
                Cost.timesReference(
                        "bytes of 64 entries, each a restart",
                        everyKeyWhole.bytes().length(),
                        1));
    }
}
