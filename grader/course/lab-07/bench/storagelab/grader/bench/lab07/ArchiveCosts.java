package storagelab.grader.bench.lab07;

import java.util.List;
import java.util.Random;
import storagelab.archive.RequestCounts;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;

/** What it takes to store orders in an archive, and to read some of them again. */
public final class ArchiveCosts implements CostProbe {
    private static final int ORDERS = 10_000;
    private static final int READS = 500;

    /** What a block has beside its orders: the rest of the last one, checksums, restarts. */
    private static final double BLOCK = 1.1 * Archives.BLOCK_BYTES;

    @Override
    public List<Cost> count(long seed) {
        try (Archives archives = new Archives()) {
            RequestCounts before = archives.objects().counts();
            archives.store(ORDERS);
            RequestCounts stored = archives.objects().counts().since(before);
            archives.archive().checkpoint();
            RequestCounts again = archives.objects().counts().since(before).since(stored);
            for (int order = 0; order < ORDERS; order += 10) { // so that each object's index was read
                read(archives, order);
            }
            Random random = new Random(seed);
            before = archives.objects().counts();
            for (int i = 0; i < READS; i++) {
                read(archives, random.nextInt(ORDERS));
            }
            RequestCounts reading = archives.objects().counts().since(before);
            double bytes = (double) ORDERS * Goods.ENTRY_BYTES;
            return List.of(
                    Cost.timesReference("puts of objects", stored.puts(), 1.1),
                    Cost.atMost("bytes sent, for each byte of the orders", stored.bytesUp() / bytes, 1.2),
                    Cost.atMost("requests of a checkpoint with nothing to store", again.requests(), 0),
                    Cost.atMost("gets of objects, for each order that is read", (double) reading.gets() / READS, 1),
                    Cost.atMost("bytes received, for each order that is read", (double) reading.bytesDown() / READS, BLOCK));
        }
    }

    private static void read(Archives archives, int order) {
        if (archives.get(order) != order) {
            throw new WrongAnswerException("a get of order " + order + " finds " + archives.get(order));
        }
    }
}
