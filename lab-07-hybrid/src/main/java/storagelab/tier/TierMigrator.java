package storagelab.tier;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.tier.Placement.Placed;

/**
 * Moves ranges of keys from tier to tier of a {@link TieredEngine}, step by step, while readers and writers go on.
 *
 * <p><b>A move</b> has a range and a tier, its target. {@link TieredEngine#begin} notes it on the disk. Then a step follows another, until the placement
 * has the whole range on the target. At the end every other tier makes a checkpoint, since its deletions have to be on the disk, and
 * {@link TieredEngine#end} takes the note away.
 *
 * <p><b>A step</b> takes the first keys of the range that are not on the target, on one tier, the source. Their range, the <em>chunk</em>, ends before the
 * entry with which its keys and values would have more than {@link MigratorOptions#stepBytes()} bytes (it has one entry at least), or where the part of the
 * source ends. The order is what makes it safe:
 *
 * <ol>
 *   <li>{@link TieredEngine#watch} the chunk: keys that are written from now on are noted. They are written to the source.
 *   <li>Make what the target has in the chunk equal to what the source has. An attempt that a crash has ended may have left entries there, also such
 *       as were deleted since.
 *   <li>A checkpoint of the target: the copy is on the disk.
 *   <li>{@link TieredEngine#place} the chunk on the target. If keys were written meanwhile, it refuses. Then copy these keys, make a checkpoint again, and try
 *       again; after the third refusal, hold up the writers for this ({@link TieredEngine#withoutWrites}), so that a step always ends.
 *   <li>Delete the chunk from the source. Nobody looks for its keys there any more, except snapshots that have it still.
 * </ol>
 *
 * <p>Example: [a, e) moves from the LSM tree to the B+tree, with steps of two entries. a=1 b=2 | c=3 d=4. The first step copies a and b; meanwhile b=5 is
 * written to the LSM tree, place refuses, b=5 is copied, place agrees: [a, c) is on the B+tree. a and b are deleted from the LSM tree. Then the power is cut. After
 * it, the move is still noted, and the placement has [a, c) on the B+tree; perhaps a and b are in the LSM tree again. {@link #resume} deletes them, and goes on with c.
 *
 * <p>What the tiers of this example are told without the write of b: {@code btree: put a=1, put b=2} – {@code btree: checkpoint} – {@code lsm: delete a, delete b}
 * – {@code btree: put c=3, put d=4} – {@code btree: checkpoint} – {@code lsm: delete c, delete d} – {@code lsm: checkpoint}. The placement changes
 * after each checkpoint of the B+tree and before the next deletion.
 *
 * <p><b>After a crash</b>, whenever it was: each key is read from one tier, and has its newest value there. Keys that nobody reads may be on other tiers too:
 * those of the chunk on the target, those of earlier steps on the source. {@link #resume} begins with the latter: it deletes, from all tiers but the
 * target, what the placement has on the target. Then it goes on with the next step.
 *
 * <p>Extra space: one chunk, which is on both tiers, and what is put there meanwhile; how soon a tier gives back what was deleted is its own affair.
 *
 * <p>Speed: after each step the migrator waits as long as {@link MigratorOptions#bytesPerSecond()} asks for.
 *
 * <p>Errors: what a tier throws propagates. The move stays noted, and {@link #resume} goes on with it, in this process or the next one.
 *
 * <p>Concurrency: one move at a time; a second one waits. {@link #stop} may be called by any thread.
 *
 * <p>Cost: each entry is read twice and written once, and deleted once; two checkpoints a step if nobody writes to the chunk, one of the tier and one of the
 * manifest.
 */
@Exercise(
        id = "7.7",
        title = "Keys move, and nobody notices",
        points = 10,
        difficulty = Difficulty.HARD,
        hours = 6,
        needs = {"2.1", "4.14", "5.8", "5.9", "5.13", "5.14", "5.15", "5.16"})
public final class TierMigrator {
    private static final long BATCH_BYTES = 256 << 10;
    private static final int REFUSALS_MAX = 3;

    private final TieredEngine engine;
    private final MigratorOptions options;
    private final MoveThrottle throttle;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** A migrator of the tiers of {@code engine}; there is only one for an engine. */
    public TierMigrator(TieredEngine engine, MigratorOptions options) {
        this.engine = engine;
        this.options = options;
        this.throttle = new MoveThrottle(options);
    }

    /**
     * Moves every key of {@code range} to the tier {@code to}, and returns when they are there, on the disk, or {@link #stop} was called. Keys that are there
     * already are not touched.
     *
     * @throws IllegalArgumentException if there is no such tier
     * @throws IllegalStateException if another move has not ended: {@link #resume} it first
     */
    public synchronized MoveReport move(KeyRange range, String to) {
        Move move = new Move(range, to);
        engine.begin(move);
        return run(move);
    }

    /** Ends the move that has begun and not ended; returns nothing if there is none. */
    public synchronized Optional<MoveReport> resume() {
        return engine.move().map(this::run);
    }

    /** Lets a move that runs end after its step, and each later one before its first. It stays noted. */
    public void stop() {
        stopped.countDown();
    }

    private MoveReport run(Move move) {
        cleanUp(move);
        MoveReport report = new MoveReport(move, 0, 0, 0, false);
        while (stopped.getCount() > 0) {
            Placed part = nextPart(move);
            if (part == null) {
                checkpointOthers(move.to());
                engine.end();
                return new MoveReport(move, report.steps(), report.entries(), report.bytes(), true);
            }
            report = step(part, report);
        }
        return report;
    }

    /** Deletes what is on the target, by the placement, from the other tiers. */
    private void cleanUp(Move move) {
        for (Placed part : engine.placement().parts(move.range())) {
            if (part.tier().equals(move.to())) {
                for (String tier : engine.tiers()) {
                    if (!tier.equals(move.to())) {
                        deleteAll(engine.tier(tier), part.range());
                    }
                }
            }
        }
    }

    /** The first part of the range that is not on the target; null if there is none. */
    private @Nullable Placed nextPart(Move move) {
        return engine.placement().parts(move.range()).stream()
                .filter(part -> !part.tier().equals(move.to()))
                .findFirst()
                .orElse(null);
    }

    private void checkpointOthers(String target) {
        for (String tier : engine.tiers()) {
            if (!tier.equals(target)) {
                engine.tier(tier).checkpoint();
            }
        }
    }

    private MoveReport step(Placed part, MoveReport before) {
        String to = before.move().to();
        StorageEngine source = engine.tier(part.tier());
        StorageEngine target = engine.tier(to);
        Chunk chunk = chunkOf(source, part.range());
        engine.watch(chunk.range);
        try {
            copyAndPlace(source, target, chunk.range, to);
        } catch (RuntimeException | Error e) {
            engine.unwatch();
            throw e;
        }
        deleteAll(source, chunk.range);
        boolean unused =
                Uninterruptibles.awaitUninterruptibly(stopped, throttle.waitNanos(chunk.bytes), TimeUnit.NANOSECONDS);
        return new MoveReport(
                before.move(),
                before.steps() + 1,
                before.entries() + chunk.entries,
                before.bytes() + chunk.bytes,
                false);
    }

    private void copyAndPlace(StorageEngine source, StorageEngine target, KeyRange chunk, String to) {
        copyAll(source, target, chunk);
        target.checkpoint();
        Runnable copyTouched = () -> {
            copyKeys(source, target, engine.takeTouched());
            target.checkpoint();
        };
        for (int refusals = 1; !engine.place(to); refusals++) {
            if (refusals == REFUSALS_MAX) {
                engine.withoutWrites(() -> {
                    copyTouched.run();
                    boolean unused = engine.place(to); // nothing was written since
                });
                return;
            }
            copyTouched.run();
        }
    }

    private record Chunk(KeyRange range, long entries, long bytes) {}

    /** The first keys of {@code part}, as many as a step takes. */
    private Chunk chunkOf(StorageEngine source, KeyRange part) {
        long entries = 0;
        long bytes = 0;
        try (Cursor cursor = source.cursor(part)) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                long more = cursor.key().length() + (long) cursor.value().length();
                if (entries > 0 && bytes + more > options.stepBytes()) {
                    return new Chunk(new KeyRange(part.from(), cursor.key()), entries, bytes);
                }
                entries++;
                bytes += more;
            }
        }
        return new Chunk(part, entries, bytes);
    }

    /** Makes what the target has in {@code range} equal to what the source has. */
    private static void copyAll(StorageEngine source, StorageEngine target, KeyRange range) {
        Writer writer = new Writer(target);
        try (Cursor from = source.cursor(range);
                Cursor old = target.cursor(range)) {
            old.seekToFirst();
            for (from.seekToFirst(); from.isValid(); from.next()) {
                deleteBefore(old, from.key(), writer);
                writer.put(from.key(), from.value());
            }
            deleteBefore(old, null, writer);
        }
        writer.write();
    }

    /** Deletes the entries of {@code old} up to {@code key}, this one left out, and moves the cursor beyond it; all if it is null. */
    private static void deleteBefore(Cursor old, @Nullable Slice key, Writer writer) {
        while (old.isValid() && (key == null || old.key().compareTo(key) <= 0)) {
            if (!old.key().equals(key)) {
                writer.delete(old.key());
            }
            old.next();
        }
    }

    private static void copyKeys(StorageEngine source, StorageEngine target, Set<Slice> keys) {
        Writer writer = new Writer(target);
        for (Slice key : keys) {
            source.get(key).ifPresentOrElse(value -> writer.put(key, value), () -> writer.delete(key));
        }
        writer.write();
    }

    private static void deleteAll(StorageEngine tier, KeyRange range) {
        Writer writer = new Writer(tier);
        try (Cursor cursor = tier.cursor(range)) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                writer.delete(cursor.key());
            }
        }
        writer.write();
    }

    /** Writes to a tier in batches. */
    private static final class Writer {
        private final StorageEngine tier;
        private WriteBatch batch = new WriteBatch();
        private long bytes;

        Writer(StorageEngine tier) {
            this.tier = tier;
        }

        void put(Slice key, Slice value) {
            batch.put(key, value);
            added(key.length() + (long) value.length());
        }

        void delete(Slice key) {
            batch.delete(key);
            added(key.length());
        }

        private void added(long more) {
            bytes += more;
            if (bytes >= BATCH_BYTES) {
                write();
            }
        }

        /** Writes what was given and is not written. */
        void write() {
            tier.write(batch, Durability.BUFFERED);
            batch = new WriteBatch();
            bytes = 0;
        }
    }
}
