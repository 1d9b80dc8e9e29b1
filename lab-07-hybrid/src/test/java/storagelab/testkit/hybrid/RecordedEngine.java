package storagelab.testkit.hybrid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;

/**
 * An engine in memory that notes each call in a list, which several engines may share, and fails on request. A note is {@code "hot: get
 * tea"} or {@code "cold: write BUFFERED [put tea=5, delete rum]"}.
 *
 * <p>Concurrency: one thread.
 */
public final class RecordedEngine implements KeyValueStore {
    private final String name;
    private final List<String> calls;
    private final Map<Slice, Slice> content = new TreeMap<>();
    private Map<Metric, Long> metrics = Map.of();
    private int writesUntilFailure = Integer.MAX_VALUE;
    private boolean failsToClose;
    private boolean closed;

    /** An empty engine that adds its calls to {@code calls}. */
    public RecordedEngine(String name, List<String> calls) {
        this.name = name;
        this.calls = calls;
    }

    /** An engine with the same content and the same list of calls, which is open: this one after a restart. */
    public RecordedEngine reopened() {
        RecordedEngine reopened = new RecordedEngine(name, calls);
        reopened.content.putAll(content);
        return reopened;
    }

    /** What the engine holds, by text. */
    public Map<String, String> content() {
        Map<String, String> texts = new TreeMap<>();
        content.forEach((key, value) -> texts.put(key.toString(), value.toString()));
        return texts;
    }

    /** Puts a value without noting it. */
    public RecordedEngine with(String key, String value) {
        content.put(Slice.utf8(key), Slice.utf8(value));
        return this;
    }

    /** What {@link #stats} will say. */
    public void setMetrics(Map<Metric, Long> values) {
        metrics = values;
    }

    /** The write after {@code writes} more ones fails, once, before it does anything. */
    public void failAfter(int writes) {
        writesUntilFailure = writes;
    }

    /** Lets {@link #close} throw after it has closed the engine. */
    public void failToClose() {
        failsToClose = true;
    }

    /** Whether the engine was closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        failIfClosed();
        calls.add(name + ": get " + key);
        return Optional.ofNullable(content.get(key));
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        failIfClosed();
        List<String> words = new ArrayList<>();
        for (WriteBatch.Operation operation : batch.operations()) {
            words.add(
                    operation instanceof WriteBatch.Put put
                            ? "put " + put.key() + "=" + put.value()
                            : "delete " + operation.key());
        }
        calls.add(name + ": write " + durability + words.stream().collect(Collectors.joining(", ", " [", "]")));
        if (writesUntilFailure-- == 0) {
            writesUntilFailure = Integer.MAX_VALUE;
            throw new StorageIoException(name + " was told to fail", new IOException("no space"));
        }
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                content.put(put.key(), put.value());
            } else {
                content.remove(operation.key());
            }
        }
    }

    @Override
    public StoreStats stats() {
        return new StoreStats(metrics, LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public void close() {
        boolean isFirst = !closed;
        closed = true;
        if (failsToClose && isFirst) {
            throw new StorageIoException(name + " was told to fail", new IOException("no space"));
        }
    }

    private void failIfClosed() {
        if (closed) {
            throw new StoreClosedException(name);
        }
    }
}
