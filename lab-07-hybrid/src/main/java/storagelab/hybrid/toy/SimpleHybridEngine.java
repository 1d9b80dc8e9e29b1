package storagelab.hybrid.toy;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Toy;

/**
 * One store over two engines: keys that are read often are moved to the hot engine, and keys that are no longer read are moved
 * back to the cold one. Its answers are those of a single store.
 *
 * <p>Each key has a <em>home</em>: the cold engine at first, the hot engine while the key is hot. Homes and counts are in memory only.
 * After a restart every key is cold, and its value may still be in the hot engine.
 *
 * <p>Each call of {@code get} and each call of {@code write} is one operation; {@code put} and {@code delete} are writes. With a promotion
 * after 3 reads and a demotion after 4 operations, for instance:
 *
 * <pre>
 * operation       engines called                    why
 * 1  put tea=5    cold: put
 * 2  get tea      cold: get                         read 1
 * 3  get tea      cold: get                         read 2
 * 4  get tea      cold: get, hot: put, cold: delete read 3: tea is hot
 * 5  put tea=6    hot: put
 * 6  get rum      cold: get, hot: get               rum is not there: its read is counted
 * 7  put gin=9    cold: put
 * 8  put gin=8    cold: put                         4 operations since tea was read:
 *                 hot: get, cold: put, hot: delete  tea is cold again
 * 9  get tea      cold: get                         read 1
 * </pre>
 *
 * <p>It fails in five ways, by design. Experiments show them.
 *
 * <ol>
 *   <li>A move is made in a request, and its caller waits. Many keys that become popular together are moved together.
 *   <li>Nothing keeps a key from moving back and forth, and each move is written twice.
 *   <li>Reads are added up for ever, in a counter for each key: memory grows with the keys, and a key that is read seldom becomes hot in
 *       the end.
 *   <li>It counts reads and nothing else: not the size of values, nor writes, nor neighbours that are read together, nor what an engine's
 *       disk costs.
 *   <li>A move, and a batch with keys of both homes, is written to two logs. A crash in between leaves half of it.
 * </ol>
 *
 * <p>Concurrency: one thread. Errors: what an engine throws propagates, from a move, too, even if the rest of the request has
 * been done. A key that was not moved completely keeps its home, and its move is due again.
 */
@Toy("a counter for each key, moves in the request path, two logs without a common commit, one thread")
@Exercise(
        id = "7.1",
        title = "The toy: two engines and a counter for each key",
        points = 5,
        difficulty = Difficulty.EASY,
        hours = 2)
public final class SimpleHybridEngine implements KeyValueStore {
    private final KeyValueStore hot;
    private final KeyValueStore cold;
    private final Thresholds thresholds;
    private final Map<Slice, Integer> reads = new HashMap<>(); // of each key, since it last became cold
    private final Map<Slice, Long> lastReads = new LinkedHashMap<>(); // of the hot keys, the oldest first
    private long operations;
    private long promotions;
    private long demotions;

    /**
     * A store over two engines that nothing else uses. They may have values of a run before; if both have one of the same key, that of
     * the cold engine is current.
     */
    public SimpleHybridEngine(KeyValueStore hot, KeyValueStore cold, Thresholds thresholds) {
        this.hot = hot;
        this.cold = cold;
        this.thresholds = thresholds;
    }

    /**
     * The value of {@code key}. Asks its home, and the other engine only if the home has nothing. Counts the read, whether or not there is a
     * value.
     *
     * <p>If the key is cold, there is a value, and {@code promoteAfterReads} reads or more are counted, the key becomes hot: its value is
     * put into the hot engine, then deleted from the cold one. If the key is hot already, it was read now.
     *
     * <p>At the end, as of every operation, each hot key becomes cold whose last read is {@code demoteAfterOperations} operations ago: its
     * value, if it has one, is put into the cold engine, then deleted from the hot one. Its reads are counted from 0 again. The
     * read that makes a key hot is its last read until the next one; writes are not reads.
     */
    @Override
    public Optional<Slice> get(Slice key) {
        operations++;
        int count = reads.merge(key, 1, Integer::sum);
        Optional<Slice> value = isHot(key) ? read(key, hot, cold) : read(key, cold, hot);
        if (isHot(key)) {
            noteRead(key);
        } else if (value.isPresent() && count >= thresholds.promoteAfterReads()) {
            move(key, value.get(), cold, hot);
            noteRead(key);
            promotions++;
        }
        demoteIdle();
        return value;
    }

    /**
     * Writes each put to the home of its key, and each delete to both engines, since a run before may have left a value in the other
     * one. Each engine is handed its part in order, in one write of the durability asked for: first the cold engine, then the hot one.
     * An engine whose part is empty is not called.
     */
    @Override
    public void write(WriteBatch batch, Durability durability) {
        operations++;
        WriteBatch hotPart = new WriteBatch();
        WriteBatch coldPart = new WriteBatch();
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                (isHot(put.key()) ? hotPart : coldPart).put(put.key(), put.value());
            } else {
                hotPart.delete(operation.key());
                coldPart.delete(operation.key());
            }
        }
        if (!coldPart.isEmpty()) {
            cold.write(coldPart, durability);
        }
        if (!hotPart.isEmpty()) {
            hot.write(hotPart, durability);
        }
        demoteIdle();
    }

    /** Whether the home of {@code key} is the hot engine. Not an operation. */
    public boolean isHot(Slice key) {
        return lastReads.containsKey(key);
    }

    /** The moves so far. */
    public Moves moves() {
        return new Moves(promotions, demotions);
    }

    /** How many different keys were read so far, hot or cold, there or not: that many counters are in memory. */
    public int countedKeys() {
        return reads.size();
    }

    /** The sum of what both engines say of each metric, and no latencies. */
    @Override
    public StoreStats stats() {
        Map<Metric, Long> sums = new HashMap<>(hot.stats().metrics());
        cold.stats().metrics().forEach((metric, value) -> sums.merge(metric, value, Long::sum));
        return new StoreStats(sums, LatencySummary.NONE, LatencySummary.NONE);
    }

    /** Closes both engines, the second one even if the first one throws. */
    @Override
    public void close() {
        try {
            hot.close();
        } finally {
            cold.close();
        }
    }

    private static Optional<Slice> read(Slice key, KeyValueStore home, KeyValueStore other) {
        return home.get(key).or(() -> other.get(key));
    }

    private static void move(Slice key, Slice value, KeyValueStore from, KeyValueStore to) {
        to.put(key, value);
        from.delete(key);
    }

    private void noteRead(Slice key) {
        lastReads.remove(key); // so that it goes to the end
        lastReads.put(key, operations);
    }

    private void demoteIdle() {
        Iterator<Map.Entry<Slice, Long>> oldest = lastReads.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Slice, Long> entry = oldest.next();
            if (operations - entry.getValue() < thresholds.demoteAfterOperations()) {
                return;
            }
            Optional<Slice> value = hot.get(entry.getKey());
            if (value.isPresent()) {
                move(entry.getKey(), value.get(), hot, cold);
                demotions++;
            }
            reads.put(entry.getKey(), 0);
            oldest.remove();
        }
    }
}
