package storagelab.skiplist.experiment;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import storagelab.course.ExerciseNotDone;

/** A reader of a list, alone or with a writer beside it, each as fast as it goes, for a while. */
final class Traffic {
    private final IntConsumer read;
    private final Consumer<Iterable<Integer>> write;
    private final int keys;
    private final long seed;

    private final ConcurrentLinkedQueue<ExerciseNotDone> notDone = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /**
     * What was done in a second: keys read, how many of them while the writer was in the middle of a batch, and keys
     * written.
     */
    record Rates(double reads, double readsDuringBatches, double writes) {}

    /**
     * @param read reads a key below {@code keys}
     * @param write writes some at once
     * @param seed of the choice of keys
     */
    Traffic(IntConsumer read, Consumer<Iterable<Integer>> write, int keys, long seed) {
        this.read = read;
        this.write = write;
        this.keys = keys;
        this.seed = seed;
    }

    /** Lets the reader run for {@code time}, beside a writer that writes {@code batch} keys at once; 0 for no writer. */
    Rates run(int batch, Duration time) {
        over = false;
        LongAdder reads = new LongAdder();
        LongAdder duringBatches = new LongAdder();
        LongAdder writes = new LongAdder();
        Random readerKeys = new Random(seed);
        Random writerKeys = new Random(seed + 1);
        List<Thread> threads = new ArrayList<>();
        threads.add(start("reader", () -> {
            read.accept(readerKeys.nextInt(keys));
            reads.increment();
        }));
        if (batch > 0) {
            threads.add(start("writer", () -> {
                Batch keysOfBatch = new Batch(batch, writerKeys, reads);
                write.accept(() -> keysOfBatch);
                duringBatches.add(keysOfBatch.readsDuring);
                writes.add(batch);
            }));
        }
        long begin = System.nanoTime();
        Uninterruptibles.sleepUninterruptibly(time);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Rates rates = new Rates(reads.sum() / seconds, duringBatches.sum() / seconds, writes.sum() / seconds);
        over = true;
        threads.forEach(Uninterruptibles::joinUninterruptibly);
        ExerciseNotDone missing = notDone.peek();
        if (missing != null) {
            throw new ExerciseNotDone(missing.exerciseId());
        }
        return rates;
    }

    private Thread start(String name, Runnable operation) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!over) {
                            operation.run();
                        }
                    } catch (ExerciseNotDone e) {
                        notDone.add(e);
                    }
                },
                name);
        thread.start();
        return thread;
    }

    /** Random keys, made as they are put: from the first to the end the writer has its lock. Counts the reads meanwhile. */
    private final class Batch implements Iterator<Integer> {
        private final Random random;
        private final LongAdder reads;
        private int left;
        private long readsBefore = -1;
        private long readsDuring;

        Batch(int size, Random random, LongAdder reads) {
            this.left = size;
            this.random = random;
            this.reads = reads;
        }

        @Override
        public boolean hasNext() {
            if (left == 0) {
                readsDuring = reads.sum() - readsBefore;
            }
            return left > 0;
        }

        @Override
        public Integer next() {
            if (left == 0) {
                throw new NoSuchElementException();
            }
            if (readsBefore < 0) {
                readsBefore = reads.sum();
            }
            left--;
            return random.nextInt(keys);
        }
    }
}
