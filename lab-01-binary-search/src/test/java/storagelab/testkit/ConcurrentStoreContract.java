package storagelab.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.testkit.StoreMatchers.holds;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;

/** What a {@link KeyValueStore} that is not a toy promises to many threads. A {@link KeyValueStoreContract} implements it. */
public interface ConcurrentStoreContract {
    /** Threads in each test. */
    int THREADS = 4;
    /** Writes by each thread that writes. */
    int WRITES = 400;
    /** How often each reader looks at a batch that is being written. */
    int COMPARISONS = 3000;
    /** Batches that are written for readers who do not get to look. */
    int BATCHES_MAX = 300;
    /** Other writes in such a batch, so that it takes a while. */
    int WRITES_IN_BETWEEN = 300;

    /** Opens the store in {@code directory}, which is empty. */
    KeyValueStore open(Path directory);

    /** A fresh, empty directory. */
    Path newDirectory();

    @Test
    @DisplayName("what several threads write to different keys is all there")
    default void writersOfDifferentKeys() throws InterruptedException {
        try (KeyValueStore store = open(newDirectory());
                Crew crew = new Crew()) {
            AtomicInteger ids = new AtomicInteger();
            crew.start(THREADS, "writer", () -> {
                int id = ids.getAndIncrement();
                for (int i = 0; i < WRITES; i++) {
                    store.put(key(id, i), Slice.utf8("value " + i));
                }
            });
            crew.join();
            for (int id = 0; id < THREADS; id++) {
                for (int i = 0; i < WRITES; i++) {
                    assertThat("written by thread " + id, store, holds(key(id, i), Slice.utf8("value " + i)));
                }
            }
        }
    }

    @Test
    @DisplayName("a reader beside a writer never sees a key go back to an older value or vanish")
    default void readersSeeNoStepBack() throws InterruptedException {
        try (KeyValueStore store = open(newDirectory());
                Crew crew = new Crew()) {
            AtomicBoolean done = new AtomicBoolean();
            store.put(Slice.utf8("counter"), Slice.utf8("0"));
            crew.start("writer", () -> {
                for (int i = 1; i <= WRITES; i++) {
                    store.put(Slice.utf8("counter"), Slice.utf8(Integer.toString(i)));
                }
                done.set(true);
            });
            crew.start(THREADS - 1, "reader", () -> {
                int last = 0;
                while (!done.get() && !crew.hasFailed()) {
                    int seen = counter(store, "counter");
                    check(seen >= last, "a reader saw the value " + last + " and after it " + seen);
                    last = seen;
                }
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("no reader sees a part of a batch")
    default void batchesAreSeenWhole() throws InterruptedException {
        try (KeyValueStore store = open(newDirectory());
                Crew crew = new Crew()) {
            writePair(store, 0);
            new WriterBesideReaders(crew)
                    .read("reader of first, second", COMPARISONS, () -> comparePair(store, "first", "second"))
                    .read("reader of second, first", COMPARISONS, () -> comparePair(store, "second", "first"))
                    .write(BATCHES_MAX, number -> writePair(store, number));
            crew.join();
        }
    }

    @Test
    @DisplayName("closing while others read and write: each call works or throws StoreClosedException")
    default void closeBesideUse() throws InterruptedException {
        KeyValueStore store = open(newDirectory());
        try (Crew crew = new Crew()) {
            CountDownLatch everybodyWorks = new CountDownLatch(THREADS);
            AtomicInteger ids = new AtomicInteger();
            crew.start(THREADS, "user", () -> useUntilClosed(store, ids.getAndIncrement(), everybodyWorks));
            Eventually.holds(
                    "every thread has used the store", () -> everybodyWorks.getCount() == 0 || crew.hasFailed());
            store.close();
            crew.join();
        } finally {
            store.close();
        }
    }

    private static void useUntilClosed(KeyValueStore store, int id, CountDownLatch working) {
        for (int i = 0; ; i++) {
            try {
                store.put(key(id, i % WRITES), Slice.utf8("value"));
                store.get(key(id, i % WRITES));
            } catch (StoreClosedException expected) {
                return;
            }
            if (i == 0) {
                working.countDown();
            }
        }
    }

    private static void writePair(KeyValueStore store, int number) {
        Slice value = Slice.utf8(Integer.toString(number));
        WriteBatch batch = new WriteBatch().put(Slice.utf8("first"), value);
        for (int i = 0; i < WRITES_IN_BETWEEN; i++) {
            batch.put(key(0, i), value);
        }
        store.write(batch.put(Slice.utf8("second"), value), Durability.BUFFERED);
    }

    private static void comparePair(KeyValueStore store, String before, String after) {
        int seenBefore = counter(store, before);
        int seenAfter = counter(store, after);
        check(
                seenAfter >= seenBefore,
                "batches write the same number under two keys; a reader saw " + seenBefore + " under \"" + before
                        + "\" and then still " + seenAfter + " under \"" + after + "\": part of a batch was visible");
    }

    private static int counter(KeyValueStore store, String key) {
        Optional<Slice> value = store.get(Slice.utf8(key));
        check(value.isPresent(), "key \"" + key + "\" vanished for a moment while it was overwritten");
        return Integer.parseInt(value.orElseThrow().toUtf8());
    }

    private static Slice key(int thread, int number) {
        return Slice.utf8("thread " + thread + " key " + number);
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
