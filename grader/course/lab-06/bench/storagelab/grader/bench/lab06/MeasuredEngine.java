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

/** An engine in memory that can do only what a benchmark asks of it: no checkpoint makes it durable, and it has no cursors. */
abstract class MeasuredEngine implements StorageEngine {
    @Override
    public Optional<Slice> get(Slice key) {
        throw new UnsupportedOperationException("no gets are measured");
    }

    @Override
    public final void write(WriteBatch batch, Durability durability) {
        apply(lastSequence() + 1, batch);
    }

    @Override
    public final Cursor cursor(KeyRange range) {
        throw new UnsupportedOperationException("no cursors are measured");
    }

    @Override
    public final EngineSnapshot snapshot() {
        throw new UnsupportedOperationException("no snapshots are measured");
    }

    @Override
    public final long durableSequence() {
        return 0;
    }

    @Override
    public final void checkpoint() {}

    @Override
    public final StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public final void close() {}
}
