package storagelab.grader.bench.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.LoadedStore.LateException;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * Gets, and as many updates that read first, on records drawn by Zipf's law, from several threads. Each update adds one to the
 * version of a record, so that {@link #verify} finds every update that was lost or done twice.
 *
 * <p>Concurrency: works of {@link #works} run at the same time; everything else is called by one thread.
 */
final class TransactionMix implements Closeable {
    private static final int DRAWS = 1 << 20;

    private final TransactionalEngine engine;
    private final int size;
    private final LoadedStore store;
    private final SplittableRandom random;
    private final AtomicIntegerArray updates;
    private final int[] draws;

    /** The {@code engine} is open and empty. */
    TransactionMix(TransactionalEngine engine, int size, long seed) {
        this.engine = engine;
        this.size = size;
        store = new LoadedStore(engine, size, seed);
        random = new SplittableRandom(seed);
        updates = new AtomicIntegerArray(size);
        draws = new ScrambledZipf(size, random.nextLong()).draws(DRAWS);
    }

    TransactionalEngine engine() {
        return engine;
    }

    /** Loads all records. */
    void fill(long nanosMax) throws IOException, LateException {
        double unused = store.fill(new KeyOrder(size, random.nextLong())::at, 1, nanosMax);
    }

    /** A work for each of {@code threads}. */
    List<Meter.Work> works(int threads) {
        List<Meter.Work> works = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SplittableRandom own = random.split();
            int[] place = {own.nextInt(DRAWS)};
            works.add(calls -> {
                for (int call = 0; call < calls; call++) {
                    place[0] = (place[0] + 1) & (DRAWS - 1);
                    oneOf(draws[place[0]], own.nextBoolean());
                }
                return calls;
            });
        }
        return works;
    }

    private void oneOf(int index, boolean isUpdate) throws IOException {
        long number = 2L * index;
        byte[] key = Records.key(number);
        if (isUpdate) {
            engine.update(key, read -> next(read, number));
            int unused = updates.incrementAndGet(index);
        } else {
            Records.check(engine.get(key), number);
        }
    }

    private static byte[] next(Slice read, long number) {
        Records.check(read, number);
        return Records.value(number, Records.version(read) + 1);
    }

    /** Reads every record, and compares all bytes. */
    void verify() throws IOException {
        for (int index = 0; index < size; index++) {
            long number = 2L * index;
            @Nullable Slice value = engine.get(Records.key(number));
            if (value == null) {
                throw new WrongAnswerException("record " + number + " was not found");
            }
            Records.checkWhole(value, number, updates.get(index));
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
