package storagelab.archive;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import storagelab.api.Slice;

/**
 * An object store that counts what is asked of another one.
 *
 * <p>Concurrency: safe for many threads, as the other one is.
 */
public final class CountingObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final LongAdder puts = new LongAdder();
    private final LongAdder gets = new LongAdder();
    private final LongAdder lists = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder bytesUp = new LongAdder();
    private final LongAdder bytesDown = new LongAdder();

    /** Counts the requests to {@code store} from now on; it is closed with this one. */
    public CountingObjectStore(ObjectStore store) {
        this.store = store;
    }

    /** What was counted so far. */
    public RequestCounts counts() {
        return new RequestCounts(
                puts.sum(), gets.sum(), lists.sum(), deletes.sum(), failures.sum(), bytesUp.sum(), bytesDown.sum());
    }

    @Override
    public void put(String name, Slice content) {
        run(puts, () -> store.put(name, content));
        bytesUp.add(content.length());
    }

    @Override
    public Optional<Slice> get(String name) {
        return down(counted(gets, () -> store.get(name)));
    }

    @Override
    public Optional<Slice> get(String name, long offset, int length) {
        return down(counted(gets, () -> store.get(name, offset, length)));
    }

    @Override
    public OptionalLong sizeBytes(String name) {
        return counted(gets, () -> store.sizeBytes(name));
    }

    @Override
    public ObjectPage list(String prefix, String after, int countMax) {
        return counted(lists, () -> store.list(prefix, after, countMax));
    }

    @Override
    public void delete(String name) {
        run(deletes, () -> store.delete(name));
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return store.toString();
    }

    private Optional<Slice> down(Optional<Slice> content) {
        content.ifPresent(bytes -> bytesDown.add(bytes.length()));
        return content;
    }

    private void run(LongAdder counter, Runnable request) {
        boolean unused = counted(counter, () -> {
            request.run();
            return true;
        });
    }

    private <T> T counted(LongAdder counter, Supplier<T> request) {
        boolean answered = false;
        try {
            T answer = request.get();
            answered = true;
            return answer;
        } finally {
            (answered ? counter : failures).increment();
        }
    }
}
