package storagelab.grader.bench.lab06;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;

/** An engine that is a sorted map, so that what is measured is the versions and not the pages. It has no cursors. */
final class HeapEngine extends MeasuredEngine {
    private final NavigableMap<Slice, Slice> content = new ConcurrentSkipListMap<>();
    private volatile long last;
    private long gets;

    /** How many gets there were. */
    long gets() {
        return gets;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        gets++;
        return Optional.ofNullable(content.get(key));
    }

    @Override
    public void apply(long sequence, WriteBatch batch) {
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                content.put(put.key(), put.value());
            } else {
                content.remove(operation.key());
            }
        }
        last = sequence + batch.operations().size() - 1;
    }

    @Override
    public long lastSequence() {
        return last;
    }
}
