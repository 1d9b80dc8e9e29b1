package storagelab.grader.hidden.lab07;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.LatencySummary;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.testkit.MemoryOrderedStore;

/** An engine in memory. A test can do something before each of its calls, may make it fail, and sees afterwards what it was given. */
final class ScriptedEngine implements StorageEngine {
    private final List<WriteBatch> batches = Collections.synchronizedList(new ArrayList<>());
    private volatile NavigableMap<Slice, Slice> content;
    private volatile NavigableMap<Slice, Slice> durable;
    private volatile long sequence;
    private final AtomicInteger checkpoints = new AtomicInteger();
    private final AtomicInteger openSnapshots = new AtomicInteger();
    private volatile boolean closed;
    private volatile Consumer<WriteBatch> beforeApply = batch -> {};
    private volatile Runnable beforeCheckpoint = () -> {};
    private volatile Runnable beforeSnapshot = () -> {};
    private volatile Consumer<WriteBatch> beforeCheck = batch -> {};

    ScriptedEngine() {
        this(new TreeMap<>());
    }

    /** An engine that has these entries on its disk. */
    ScriptedEngine(NavigableMap<Slice, Slice> content) {
        this.content = content;
        this.durable = content;
    }

    void beforeApply(Consumer<WriteBatch> action) {
        beforeApply = action;
    }

    void beforeCheckpoint(Runnable action) {
        beforeCheckpoint = action;
    }

    void beforeSnapshot(Runnable action) {
        beforeSnapshot = action;
    }

    void beforeCheck(Consumer<WriteBatch> action) {
        beforeCheck = action;
    }

    /** Nothing special happens from now on. */
    void behave() {
        beforeApply = batch -> {};
        beforeCheckpoint = () -> {};
        beforeSnapshot = () -> {};
        beforeCheck = batch -> {};
    }

    /** Each batch that it has taken, as text: {@code "a=1 b- c=2"}; b was deleted. */
    List<String> taken() {
        synchronized (batches) {
            return batches.stream().map(ScriptedEngine::text).toList();
        }
    }

    static String text(WriteBatch batch) {
        List<String> operations = new ArrayList<>();
        for (WriteBatch.Operation operation : batch.operations()) {
            operations.add(
                    operation instanceof WriteBatch.Put put ? put.key() + "=" + put.value() : operation.key() + "-");
        }
        return String.join(" ", operations);
    }

    NavigableMap<Slice, Slice> content() {
        return content;
    }

    /** What it had at its last checkpoint. */
    NavigableMap<Slice, Slice> durable() {
        return durable;
    }

    int checkpoints() {
        return checkpoints.get();
    }

    /** Snapshots that were taken and not closed. */
    int openSnapshots() {
        return openSnapshots.get();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void check(WriteBatch batch) {
        beforeCheck.accept(batch);
    }

    @Override
    public synchronized void apply(long first, WriteBatch batch) {
        if (first <= sequence) {
            throw new AssertionError("the engine was given sequence " + first + " after " + sequence);
        }
        beforeApply.accept(batch);
        NavigableMap<Slice, Slice> next = new TreeMap<>(content);
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                next.put(put.key(), put.value());
            } else {
                next.remove(operation.key());
            }
        }
        content = next;
        sequence = first + batch.operations().size() - 1;
        batches.add(batch);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        apply(sequence + 1, batch);
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return Optional.ofNullable(content.get(key));
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return cursorOf(content, range);
    }

    private static Cursor cursorOf(NavigableMap<Slice, Slice> entries, KeyRange range) {
        WriteBatch all = new WriteBatch();
        entries.forEach((key, value) -> {
            if (range.contains(key)) {
                all.put(key, value);
            }
        });
        MemoryOrderedStore store = new MemoryOrderedStore();
        store.write(all, Durability.BUFFERED);
        return store.cursor(range);
    }

    @Override
    public EngineSnapshot snapshot() {
        beforeSnapshot.run();
        NavigableMap<Slice, Slice> now = content;
        long at = sequence;
        openSnapshots.incrementAndGet();
        return new EngineSnapshot() {
            @Override
            public long sequence() {
                return at;
            }

            @Override
            public Optional<Slice> get(Slice key) {
                return Optional.ofNullable(now.get(key));
            }

            @Override
            public Cursor cursor(KeyRange range) {
                return cursorOf(now, range);
            }

            @Override
            public void close() {
                openSnapshots.decrementAndGet();
            }
        };
    }

    @Override
    public long lastSequence() {
        return sequence;
    }

    @Override
    public long durableSequence() {
        return 0;
    }

    @Override
    public void checkpoint() {
        beforeCheckpoint.run();
        durable = content;
        checkpoints.incrementAndGet();
    }

    @Override
    public StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public void close() {
        closed = true;
    }
}
