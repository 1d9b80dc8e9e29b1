package storagelab.skiplist.experiment;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import storagelab.course.ExerciseNotDone;

/** Readers and writers of one list, as many as there are, each as fast as it goes, for a while. */
final class Traffic {
    private final IntConsumer read;
    private final IntConsumer write;
    private final int keys;
    private final long seed;

    /** What was done in a second, by all readers and by all writers. */
    record Rates(double readsASecond, double writesASecond) {}

    /**
     * @param read reads a key below {@code keys}
     * @param write writes one
     * @param seed of the choice of keys
     */
    Traffic(IntConsumer read, IntConsumer write, int keys, long seed) {
        this.read = read;
        this.write = write;
        this.keys = keys;
        this.seed = seed;
    }

    /** Lets {@code readers} and {@code writers} run for {@code time}. */
    Rates run(int readers, int writers, Duration time) {
        LongAdder reads = new LongAdder();
        LongAdder writes = new LongAdder();
        Turn turn = new Turn();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < readers + writers; i++) {
            boolean reader = i < readers;
            Random random = new Random(seed + i);
            Thread thread = new Thread(
                    () -> turn.take(reader ? read : write, random, reader ? reads : writes),
                    (reader ? "reader-" : "writer-") + i);
            thread.start();
            threads.add(thread);
        }
        long start = System.nanoTime();
        turn.start.countDown();
        Uninterruptibles.sleepUninterruptibly(time);
        double seconds = (System.nanoTime() - start) / 1e9;
        Rates rates = new Rates(reads.sum() / seconds, writes.sum() / seconds);
        turn.over = true;
        threads.forEach(Uninterruptibles::joinUninterruptibly);
        ExerciseNotDone notDone = turn.notDone.peek();
        if (notDone != null) {
            throw new ExerciseNotDone(notDone.exerciseId());
        }
        return rates;
    }

    /** One run of threads, from its start to its end. */
    private final class Turn {
        private final CountDownLatch start = new CountDownLatch(1);
        private final ConcurrentLinkedQueue<ExerciseNotDone> notDone = new ConcurrentLinkedQueue<>();
        private volatile boolean over;

        void take(IntConsumer operation, Random random, LongAdder count) {
            Uninterruptibles.awaitUninterruptibly(start);
            try {
                while (!over) {
                    operation.accept(random.nextInt(keys));
                    count.increment();
                }
            } catch (ExerciseNotDone e) {
                notDone.add(e);
            }
        }
    }
}
