package storagelab.grader.bench.lab04;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * The store beside {@link TreeMap} and {@link ConcurrentSkipListMap}, with everything in its pool: a get, and a seek with a
 * hundred entries from there on. Keys of 16 bytes, values of 100.
 */
@State(Scope.Benchmark)
public class StoreRivals {
    private static final int SCANNED = 100;

    /** How many entries. */
    @Param("100000")
    public int entries;

    private Slice[] gets = {};
    private int next;
    private final NavigableMap<Slice, Slice> treeMap = new TreeMap<>();
    private final NavigableMap<Slice, Slice> skipList = new ConcurrentSkipListMap<>();
    private @Nullable BTreeStore store;

    /** Fills all three, and asks all of them for every key. */
    @Setup
    public void prepare() {
        Random random = new Random(Long.getLong("seed", 1));
        BTreeStore filled = BTreeStore.open(CrashDisk.create().root().resolve("store"), BTreeOptions.defaults());
        store = filled;
        for (int number : Articles.shuffledEven(entries, random)) {
            filled.put(Articles.key(number), Articles.value(number));
            treeMap.put(Articles.key(number), Articles.value(number));
            skipList.put(Articles.key(number), Articles.value(number));
        }
        filled.checkpoint();
        gets = new Slice[entries];
        int i = 0;
        for (int number : Articles.shuffledEven(entries, random)) {
            gets[i] = Articles.key(number);
            Optional<Slice> expected = Optional.of(Articles.value(number));
            if (!filled.get(gets[i]).equals(expected)
                    || !Optional.ofNullable(treeMap.get(gets[i])).equals(expected)) {
                throw new WrongAnswerException("get(" + gets[i] + ") does not give what was put");
            }
            i++;
        }
        for (i = 0; i < SCANNED; i++) {
            if (scan(treeMap, gets[i]) != scan(filled, gets[i])) {
                throw new WrongAnswerException("a scan from " + gets[i] + " differs from that of a TreeMap");
            }
        }
    }

    /** Closes the store. */
    @TearDown
    public void close() {
        ours().close();
    }

    /** One get of ours. */
    @Benchmark
    public Object getOurs() {
        return ours().get(nextKey());
    }

    /** One get of a tree. */
    @Benchmark
    public @Nullable Object getTreeMap() {
        return treeMap.get(nextKey());
    }

    /** One get of a skip list. */
    @Benchmark
    public @Nullable Object getSkipList() {
        return skipList.get(nextKey());
    }

    /** One scan of ours. */
    @Benchmark
    public long scanOurs() {
        return scan(ours(), nextKey());
    }

    /** One scan of a tree. */
    @Benchmark
    public long scanTreeMap() {
        return scan(treeMap, nextKey());
    }

    /** One scan of a skip list. */
    @Benchmark
    public long scanSkipList() {
        return scan(skipList, nextKey());
    }

    private BTreeStore ours() {
        BTreeStore opened = store;
        if (opened == null) {
            throw new IllegalStateException("not prepared");
        }
        return opened;
    }

    private Slice nextKey() {
        next = next + 1 == gets.length ? 0 : next + 1;
        return gets[next];
    }

    private static long scan(BTreeStore store, Slice from) {
        long digest = 0;
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            cursor.seek(from);
            for (int i = 0; i < SCANNED && cursor.isValid(); i++) {
                digest += digest(cursor.key(), cursor.value());
                cursor.next();
            }
        }
        return digest;
    }

    private static long scan(NavigableMap<Slice, Slice> map, Slice from) {
        long digest = 0;
        int met = 0;
        for (Map.Entry<Slice, Slice> entry : map.tailMap(from).entrySet()) {
            if (met++ == SCANNED) {
                break;
            }
            digest += digest(entry.getKey(), entry.getValue());
        }
        return digest;
    }

    private static long digest(Slice key, Slice value) {
        return key.wordAt(Long.BYTES) + value.wordAt(0);
    }
}
