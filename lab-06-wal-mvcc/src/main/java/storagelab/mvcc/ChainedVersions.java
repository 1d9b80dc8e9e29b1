package storagelab.mvcc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.cursor.MergingCursor;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;

/**
 * Versions of an engine that has one value for each key, such as a B+tree: the newest value is in the engine, and the ones
 * that a view may still read are in chains in memory.
 *
 * <p><b>No reader waits for a writer.</b> A batch is published in this order: the value that each of its keys has is added to the key's
 * chain; the engine applies the batch; the sequence becomes visible. A view reads in the other order: first the engine, then the
 * chain. If the value from the engine is too new, its chain was there before it, and has the right one. If the chain is not there
 * yet, the value from the engine was the right one.
 *
 * <p>Example: the view reads at 7, and key k has the value a. A batch at 8 puts b. The view reads k from the engine: it gets a
 * or b. Then it reads the chain of k. If it got b, the chain has {@code (8, a)}, and the view returns a.
 *
 * <p><b>What is kept.</b> A version is kept if a view reads at a sequence at which it was valid. Each write of a key looks at the
 * whole chain of the key again. So a key has at most one version more than there are views with different sequences, however
 * often it is written. And whatever was replaced at the watermark or below goes with the next batch, or when a view is closed.
 *
 * <p><b>Without a view</b>, small batches leave no versions and read no old values. A view that begins while such a batch is
 * applied waits for it: at most {@value #OPERATIONS_WITHOUT_VERSIONS} operations.
 *
 * <p>Cost: with views open, a get of the old value for each operation of a batch.
 *
 * <p>Concurrency: as {@link VersionedEngine} says.
 */
public final class ChainedVersions implements VersionedEngine {
    private static final int OPERATIONS_WITHOUT_VERSIONS = 64;
    private static final int KEPT_MIN = 1024;

    private final StorageEngine engine;
    private final ConcurrentSkipListMap<Slice, VersionChain> chains = new ConcurrentSkipListMap<>();
    private final AtomicLong versions = new AtomicLong();

    /** The versions in chains, in the order in which they were replaced. Guarded by {@code collecting}. */
    private final Deque<Kept> kept = new ArrayDeque<>();

    /** Held while a view begins, and while a batch is applied that leaves no versions. */
    private final ReentrantLock gate = new ReentrantLock();

    /** Held while chains are changed. */
    private final ReentrantLock collecting = new ReentrantLock();

    private final Watermark watermark;
    private volatile long visible;

    /** A version that is in a chain. */
    private record Kept(long replacedAt, Slice key) {}

    /** The versions of {@code engine}, of which there are none yet. */
    public ChainedVersions(StorageEngine engine) {
        this.engine = engine;
        this.visible = engine.lastSequence();
        this.watermark = new Watermark(() -> visible);
    }

    @Override
    public EngineSnapshot view() {
        gate.lock();
        try {
            return new View(watermark.hold());
        } finally {
            gate.unlock();
        }
    }

    @Override
    public void publish(long sequence, WriteBatch batch) {
        long last = sequence + batch.operations().size() - 1;
        gate.lock();
        try {
            if (!watermark.isHeld() && batch.operations().size() <= OPERATIONS_WITHOUT_VERSIONS) {
                engine.apply(sequence, batch);
                visible = last;
                return;
            }
        } finally {
            gate.unlock();
        }
        Set<Slice> keys = keepOldValues(batch.operations(), last);
        engine.apply(sequence, batch);
        visible = last;
        dropUnneeded(keys, last);
        collect();
    }

    /** Adds to the chain of each key the value that it has; returns the keys. */
    private Set<Slice> keepOldValues(List<WriteBatch.Operation> operations, long replacedAt) {
        Set<Slice> keys = new HashSet<>();
        for (WriteBatch.Operation operation : operations) {
            Slice key = operation.key();
            if (keys.add(key)) {
                @Nullable Slice old = engine.get(key).orElse(null);
                collecting.lock();
                try {
                    chains.put(key, new VersionChain(replacedAt, old, chains.get(key)));
                    versions.incrementAndGet();
                } finally {
                    collecting.unlock();
                }
            }
        }
        return keys;
    }

    /** Takes back the versions that no view reads. None will: the batch is visible, and views begin after it. */
    private void dropUnneeded(Set<Slice> keys, long replacedAt) {
        collecting.lock();
        try {
            for (Slice key : keys) {
                VersionChain chain = chains.get(key);
                if (chain == null || chain.replacedAt() != replacedAt) {
                    continue; // a view was closed meanwhile, and it was collected
                }
                VersionChain needed = chain.neededBy(watermark);
                replace(key, chain, needed);
                if (needed != null && needed.replacedAt() == replacedAt) {
                    kept.addLast(new Kept(replacedAt, key));
                }
            }
            if (kept.size() > KEPT_MIN && kept.size() > 2 * versions.get()) {
                kept.removeIf(one -> !isIn(one, chains.get(one.key)));
            }
        } finally {
            collecting.unlock();
        }
    }

    private static boolean isIn(Kept one, @Nullable VersionChain chain) {
        VersionChain next = chain;
        while (next != null && next.replacedAt() > one.replacedAt) {
            next = next.older();
        }
        return next != null && next.replacedAt() == one.replacedAt;
    }

    /** Drops the versions that were replaced at the watermark or below it. */
    void collect() {
        long lowest = watermark.lowest();
        collecting.lock();
        try {
            for (Kept oldest = kept.peekFirst();
                    oldest != null && oldest.replacedAt <= lowest;
                    oldest = kept.peekFirst()) {
                VersionChain chain = chains.get(oldest.key);
                if (chain != null) {
                    replace(oldest.key, chain, chain.above(lowest));
                }
                kept.removeFirst();
            }
        } finally {
            collecting.unlock();
        }
    }

    private void replace(Slice key, VersionChain chain, @Nullable VersionChain left) {
        versions.addAndGet((left == null ? 0 : left.length()) - chain.length());
        if (left == null) {
            chains.remove(key);
        } else {
            chains.put(key, left);
        }
    }

    @Override
    public Watermark watermark() {
        return watermark;
    }

    @Override
    public long versions() {
        return versions.get();
    }

    /** Reads at one sequence. */
    private final class View implements EngineSnapshot {
        private final long sequence;
        private volatile boolean closed; // changed under this

        private View(long sequence) {
            this.sequence = sequence;
        }

        @Override
        public long sequence() {
            return sequence;
        }

        @Override
        public Optional<Slice> get(Slice key) {
            checkOpen();
            Optional<Slice> newest = engine.get(key); // before the chain
            VersionChain chain = chains.get(key);
            VersionChain version = chain == null ? null : chain.at(sequence);
            checkOpen(); // it was not closed, and its versions dropped, meanwhile
            return version == null ? newest : Optional.ofNullable(version.value());
        }

        /**
         * {@inheritDoc} The engine's cursor shows a state that is at least as new as this view; what was replaced between the two
         * is in chains before the state is.
         */
        @Override
        public synchronized Cursor cursor(KeyRange range) {
            checkOpen();
            LiveEntries newest = new LiveEntries(engine.cursor(range));
            watermark.holdAgain(sequence); // the cursor may outlive the view
            Cursor merged = new MergingCursor(List.of(new ChainCursor(chains, sequence), newest));
            return new StoreCursor(new RangeCursor(merged, range), () -> {}, () -> release(sequence));
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                release(sequence);
            }
        }

        private void checkOpen() {
            if (closed) {
                throw new IllegalStateException("the view is closed");
            }
        }
    }

    private void release(long sequence) {
        watermark.release(sequence);
        collect();
    }
}
