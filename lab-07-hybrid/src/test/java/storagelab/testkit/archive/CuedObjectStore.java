package storagelab.testkit.archive;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.archive.ObjectPage;
import storagelab.archive.ObjectStore;
import storagelab.archive.StoreUnreachableException;

/**
 * An object store in front of another one that can be made unreachable, from a request on or until it is told otherwise, can hang in a
 * put, and can store half of an object.
 *
 * <p>Concurrency: safe for many threads. Closing it does not close the other one.
 */
public final class CuedObjectStore implements ObjectStore {
    private static final int NEVER = Integer.MAX_VALUE;

    private final ObjectStore store;
    private final AtomicInteger answersLeft = new AtomicInteger(NEVER);
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean failsAfterwards;
    private volatile boolean halves;
    private volatile @Nullable CountDownLatch hangs;
    private final CountDownLatch hanging = new CountDownLatch(1);

    /** A store that does what {@code store} does. */
    public CuedObjectStore(ObjectStore store) {
        this.store = store;
    }

    /** After {@code requests} more, none is answered until {@link #comeBack}. */
    public void leaveAfter(int answers) {
        failsAfterwards = false;
        answersLeft.set(answers);
    }

    /** After {@code requests} more, one is carried out and its answer is lost, and later ones are not carried out. */
    public void loseAnswerAfter(int answers) {
        failsAfterwards = true;
        answersLeft.set(answers);
    }

    /** All requests are answered again. */
    public void comeBack() {
        failsAfterwards = false;
        answersLeft.set(NEVER);
    }

    /** Puts store the first half of an object, and say that all is well. */
    public void storeHalves() {
        halves = true;
    }

    /** Puts do not return until {@code released} is counted down. */
    public void hangUntil(CountDownLatch released) {
        hangs = released;
    }

    /** Returns when a put hangs. */
    public void awaitHanging() throws InterruptedException {
        hanging.await();
    }

    /** How many requests came, answered or not. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void put(String name, Slice content) {
        boolean isLost = isLost("storing the object " + name);
        CountDownLatch released = hangs;
        if (released != null) {
            hanging.countDown();
            await(released);
        }
        store.put(name, halves ? content.subSlice(0, content.length() / 2) : content);
        if (isLost) {
            throw unreachable("storing the object " + name);
        }
    }

    @Override
    public Optional<Slice> get(String name) {
        checkAnswers("reading the object " + name);
        return store.get(name);
    }

    @Override
    public Optional<Slice> get(String name, long offset, int length) {
        checkAnswers("reading the object " + name);
        return store.get(name, offset, length);
    }

    @Override
    public OptionalLong sizeBytes(String name) {
        checkAnswers("looking for the object " + name);
        return store.sizeBytes(name);
    }

    @Override
    public ObjectPage list(String prefix, String after, int countMax) {
        checkAnswers("listing objects");
        return store.list(prefix, after, countMax);
    }

    @Override
    public void delete(String name) {
        boolean isLost = isLost("deleting the object " + name);
        store.delete(name);
        if (isLost) {
            throw unreachable("deleting the object " + name);
        }
    }

    @Override
    public void close() {}

    private void checkAnswers(String doing) {
        if (isLost(doing)) {
            throw unreachable(doing);
        }
    }

    /** Whether the answer is lost; throws if the request is not carried out either. */
    private boolean isLost(String doing) {
        requests.incrementAndGet();
        int left = answersLeft.getAndUpdate(now -> now == NEVER ? NEVER : Math.max(-1, now - 1));
        if (left > 0) {
            return false;
        }
        if (left == 0 && failsAfterwards) {
            return true;
        }
        throw unreachable(doing);
    }

    private static StorageIoException unreachable(String doing) {
        return new StorageIoException(doing, new StoreUnreachableException("far away", new IOException("no answer")));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("waiting for an answer");
        }
    }
}
