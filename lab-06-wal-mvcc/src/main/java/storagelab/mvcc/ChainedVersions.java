package storagelab.mvcc;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.cursor.LiveEntries;
import storagelab.cursor.MergingCursor;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;

/**
 * Versions of an engine that has one value for each key, such as a B+tree: the newest value is in the engine, and the
 * values that a view may still read are in {@link VersionChains} in memory.
 *
 * <p>A view reads at a <em>sequence</em>: it shows every operation up to that sequence and none after it. {@link #view}
 * and {@link View} read, {@link #publish} writes, and they work together without a lock. The {@link VersionCollector}
 * drops values that no view reads.
 *
 * <p>Concurrency: as {@link VersionedEngine} says.
 */
public final class ChainedVersions implements VersionedEngine {
    private static final int OPERATIONS_WITHOUT_VERSIONS = 256;

    private final StorageEngine engine;
    private final VersionChains chains = new VersionChains();
    private final Watermark watermark;
    private final @Nullable VersionCollector collector; // null if nothing is dropped

    /** Held while a view begins, and while a batch is applied that leaves no versions. */
    private final ReentrantLock gate = new ReentrantLock();

    private volatile long visible; // the last sequence of the newest batch that a view shows; written by publish

    /** The versions of {@code engine}, of which there are none yet. */
    public ChainedVersions(StorageEngine engine) {
        this(engine, true);
    }

    private ChainedVersions(StorageEngine engine, boolean isCollected) {
        this.engine = engine;
        this.visible = engine.lastSequence();
        this.watermark = new Watermark(() -> visible);
        this.collector = isCollected ? new VersionCollector(chains, watermark) : null;
    }

    /** As the constructor, without collection: every replaced value stays in memory. For tests and comparisons. */
    public static ChainedVersions keepingAll(StorageEngine engine) {
        return new ChainedVersions(engine, false);
    }

    /**
     * A view of what is visible now: it reads at the sequence that {@link Watermark#hold} returns, and holds it until it
     * is closed.
     *
     * <p>It begins under the {@code gate}: a view that begins while {@link #publish} applies a batch without versions
     * waits for that batch, of at most 256 operations. It never waits for a batch that leaves versions.
     */
    @Override
    @ExercisePart("6.7")
    public EngineSnapshot view() {
        gate.lock();
        try {
            return new View(watermark.hold());
        } finally {
            gate.unlock();
        }
    }

    /**
     * Applies a batch whose first operation has {@code sequence}, and makes all of it visible at once. While a view is
     * open it works in this order:
     *
     * <ol>
     *   <li>The value that each key of the batch has in the engine, or that it has none, is added to the chain of the
     *       key. The value was replaced at the last sequence of the batch. A key that the batch writes several times gets
     *       one version.
     *   <li>The engine applies the batch.
     *   <li>The last sequence of the batch becomes the visible one.
     *   <li>The collector, if there is one, is told which keys were written.
     * </ol>
     *
     * <p>A view reads in the other order: first the engine, then the chain. If the value from the engine is too new, its
     * chain was there before it and has the right value. If the chain is not there yet, the value from the engine was the
     * right one. So no reader waits for a writer, and no writer waits for a reader.
     *
     * <p>Example: a view reads at 7, and key k has the value a. A batch at 8 puts b. The view reads k from the engine and
     * gets a or b. Then it reads the chain of k. If it got b, the chain has {@code (8, a)}, and the view returns a.
     *
     * <p>If no view is open, a batch of at most 256 operations reads no old value and adds no
     * version: it is applied, and becomes visible, under the {@code gate}, so that no view begins in between.
     *
     * <p>Cost: with views open, one get in the engine for each different key. Without, none.
     */
    @Override
    @Exercise(
            id = "6.7",
            title = "Versioned records and snapshot reads",
            points = 8,
            difficulty = Difficulty.HARD,
            hours = 5,
            needs = "2.7")
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
        if (collector != null) {
            collector.published(keys, last);
        }
    }

    /** Adds to the chain of each key the value that it has; returns the keys. */
    @Solution
    private Set<Slice> keepOldValues(List<WriteBatch.Operation> operations, long replacedAt) {
        Set<Slice> keys = new HashSet<>();
        for (WriteBatch.Operation operation : operations) {
            Slice key = operation.key();
            if (keys.add(key)) {
                chains.add(key, replacedAt, engine.get(key).orElse(null));
            }
        }
        return keys;
    }

    @Override
    public Watermark watermark() {
        return watermark;
    }

    @Override
    public long versions() {
        return chains.versions();
    }

    @Override
    public long versionBytes() {
        return chains.valueBytes();
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

        /**
         * The value that {@code key} had at the sequence of this view, or nothing if it had none: the engine's value and
         * then the chain are read, in this order. A view that is closed before the call reads nothing from the engine, which
         * may be closed, too.
         *
         * @throws IllegalStateException if the view is closed, also if another thread closes it during the call: its
         *     versions may be dropped already
         */
        @Override
        @ExercisePart("6.7")
        public Optional<Slice> get(Slice key) {
            checkOpen();
            Optional<Slice> newest = engine.get(key); // before the chain
            VersionChain chain = chains.get(key);
            VersionChain version = chain == null ? null : chain.at(sequence);
            checkOpen(); // it was not closed, and its versions dropped, meanwhile
            return version == null ? newest : Optional.ofNullable(version.value());
        }

        /**
         * A cursor over the entries that the keys in {@code range} had at the sequence of this view. It is a
         * {@link MergingCursor} of the view's {@link ChainCursor}, which counts as the newer source, and a cursor of the
         * engine ({@link LiveEntries}), confined to the range. The engine's cursor shows a state that is at least as new
         * as this view; each value that was replaced between the two was in a chain before the engine had the new value. So if there is no chain once the engine's cursor is there, that cursor alone is enough.
         *
         * <p>It may outlive the view: it holds the sequence itself ({@link Watermark#holdAgain}), and releases it when it
         * is closed.
         *
         * @throws IllegalStateException if the view is closed
         */
        @Override
        @ExercisePart("6.7")
        public synchronized Cursor cursor(KeyRange range) {
            checkOpen();
            LiveEntries newest = new LiveEntries(engine.cursor(range));
            watermark.holdAgain(sequence); // the cursor may outlive the view
            boolean isSame = chains.byKey().isEmpty(); // nothing was replaced between this view and the engine's cursor
            if (isSame) {
                return new StoreCursor(newest, () -> {}, () -> release(sequence));
            }
            Cursor merged = new MergingCursor(List.of(new ChainCursor(chains.byKey(), sequence), newest));
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
        if (collector != null) {
            collector.collect();
        }
    }
}
