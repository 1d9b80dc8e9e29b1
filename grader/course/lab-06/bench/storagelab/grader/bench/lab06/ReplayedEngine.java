package storagelab.grader.bench.lab06;

import java.util.Map;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.LatencySummary;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;

/** An engine that keeps only sums of what it was told to apply, so that what is measured is recovery and not the engine. */
final class ReplayedEngine implements StorageEngine {
    private long last;
    private long batches;
    private long operations;
    private long sum;

    /** An engine that has the operations up to a sequence. */
    ReplayedEngine(long last) {
        this.last = last;
    }

    @Override
    public void apply(long sequence, WriteBatch batch) {
        if (sequence <= last) {
            throw new IllegalArgumentException("a batch at " + sequence + " of an engine that has " + last);
        }
        batches++;
        long at = sequence;
        for (WriteBatch.Operation operation : batch.operations()) {
            sum += at * number(operation);
            at++;
        }
        operations += at - sequence;
        last = at - 1;
    }

    /** A number for an operation: that of the value, or of a deletion the end of the key. */
    static long number(WriteBatch.Operation operation) {
        return operation instanceof WriteBatch.Put put
                ? Accounts.number(put.value())
                : operation.key().wordAt(Accounts.KEY_BYTES - Long.BYTES);
    }

    /** How often {@link #apply} was called. */
    long batches() {
        return batches;
    }

    /** How many operations were applied. */
    long operations() {
        return operations;
    }

    /** Of the {@link #number} of each operation, times its sequence. */
    long sum() {
        return sum;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        throw new UnsupportedOperationException("recovery does not read");
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        apply(last + 1, batch);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        throw new UnsupportedOperationException("recovery does not read");
    }

    @Override
    public EngineSnapshot snapshot() {
        throw new UnsupportedOperationException("recovery does not read");
    }

    @Override
    public long lastSequence() {
        return last;
    }

    @Override
    public long durableSequence() {
        return 0;
    }

    @Override
    public void checkpoint() {}

    @Override
    public StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public void close() {}
}
