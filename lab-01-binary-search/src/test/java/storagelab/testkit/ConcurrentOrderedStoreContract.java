package storagelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;

/** What an {@link OrderedStore} promises to cursors while other threads write. */
public interface ConcurrentOrderedStoreContract {
    /** Opens the store in {@code directory}, which exists and is empty. */
    OrderedStore open(Path directory);

    /** A fresh, empty directory. */
    Path newDirectory();

    @Test
    @DisplayName("beside a writer of batches a cursor shows whole batches, and the same ones in every walk")
    default void wholeBatches() throws InterruptedException {
        int keys = 40;
        int cursors = 150;
        try (OrderedStore store = open(newDirectory());
                Crew crew = new Crew()) {
            NumberedBatch.write(store, keys, 0);
            new WriterBesideReaders(crew)
                    .read(2, "reader", cursors, () -> {
                        try (Cursor cursor = store.cursor(KeyRange.all())) {
                            List<Slice> forward = forward(cursor);
                            assertEquals(
                                    Collections.nCopies(keys, forward.isEmpty() ? Slice.EMPTY : forward.get(0)),
                                    forward,
                                    "values of " + keys
                                            + " keys that every batch sets to one number, as one cursor saw them");
                            List<Slice> backward = backward(cursor);
                            assertEquals(forward, backward, "the same cursor's values, walked backward");
                        }
                    })
                    .write(number -> NumberedBatch.write(store, keys, number));
            crew.join();
        }
    }

    @Test
    @DisplayName("a cursor that is made after a put returned shows it, whatever other threads do")
    default void ownWritesAreThere() throws InterruptedException {
        int threads = 4;
        int writes = 50;
        AtomicInteger names = new AtomicInteger();
        try (OrderedStore store = open(newDirectory());
                Crew crew = new Crew()) {
            crew.start(threads, "writer", () -> {
                String prefix = "thread " + names.getAndIncrement() + " key ";
                for (int i = 0; i < writes; i++) {
                    Slice key = Slice.utf8(prefix + i);
                    store.put(key, Slice.utf8("value " + i));
                    try (Cursor cursor = store.cursor(KeyRange.prefix(Slice.utf8(prefix)))) {
                        cursor.seek(key);
                        String seen = cursor.isValid() ? cursor.key() + "=" + cursor.value() : "none";
                        assertEquals(key + "=value " + i, seen, "seek to a key that this thread has just put");
                        int count = forward(cursor).size();
                        assertEquals(i + 1, count, "entries of this thread after " + (i + 1) + " puts");
                    }
                }
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("closing the store while cursors walk: each call works or throws StoreClosedException")
    default void closeBesideCursors() throws InterruptedException {
        OrderedStore store = open(newDirectory());
        NumberedBatch.write(store, 200, 0);
        try (Crew crew = new Crew()) {
            CountDownLatch everybodyWalks = new CountDownLatch(2);
            crew.start(2, "walker", () -> {
                try (Cursor cursor = store.cursor(KeyRange.all())) {
                    while (true) {
                        assertEquals(200, forward(cursor).size(), "entries met by a cursor while the store is closed");
                        everybodyWalks.countDown();
                    }
                } catch (StoreClosedException expected) {
                    return;
                }
            });
            Eventually.holds("both cursors have walked", () -> everybodyWalks.getCount() == 0 || crew.hasFailed());
            store.close();
            crew.join();
        } finally {
            store.close();
        }
    }

    private static List<Slice> forward(Cursor cursor) {
        List<Slice> values = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            values.add(cursor.value());
        }
        return values;
    }

    private static List<Slice> backward(Cursor cursor) {
        List<Slice> values = new ArrayList<>();
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            values.add(cursor.value());
        }
        Collections.reverse(values);
        return values;
    }
}
