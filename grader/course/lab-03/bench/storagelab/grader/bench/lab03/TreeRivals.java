package storagelab.grader.bench.lab03;

import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.tree.BalancedTree;

/** The balanced tree beside {@link TreeMap}: filling an empty one with keys of 16 bytes in random order, and getting them. */
public class TreeRivals {
    /** Keys to put, and the same keys in another order to get. */
    @State(Scope.Benchmark)
    public static class Keys {
        /** How many. */
        @Param("100000")
        public int entries;

        private Slice[] puts = {};
        private Slice[] gets = {};

        /** Makes the keys. */
        @Setup
        public void prepare() {
            Random random = new Random(Long.getLong("seed", 1));
            puts = keys(random);
            gets = keys(random);
        }

        private Slice[] keys(Random random) {
            int[] numbers = TreeKeys.shuffledEven(entries, random);
            Slice[] keys = new Slice[entries];
            for (int i = 0; i < entries; i++) {
                keys[i] = TreeKeys.key(numbers[i]);
            }
            return keys;
        }
    }

    /** Both, full: {@code gets} are other objects than the keys inside. */
    @State(Scope.Benchmark)
    public static class Full {
        private BalancedTree<Slice, Slice> tree = new BalancedTree<>(Comparator.naturalOrder());
        private Map<Slice, Slice> map = new TreeMap<>();
        private int next;

        /** Fills both, and asks both for every key. */
        @Setup
        public void prepare(Keys keys) {
            tree = filledTree(keys);
            map = filledMap(keys);
            for (Slice key : keys.gets) {
                if (!key.equals(map.get(key)) || !key.equals(tree.get(key))) {
                    throw new WrongAnswerException("get(" + key + ") does not give what was put");
                }
            }
        }

        private Slice next(Keys keys) {
            next = next + 1 == keys.gets.length ? 0 : next + 1;
            return keys.gets[next];
        }
    }

    /** Garbage of the round before is collected outside the measurement. */
    @State(Scope.Benchmark)
    public static class Clean {
        /** Collects. */
        @Setup(Level.Iteration)
        public void collect() {
            System.gc();
        }
    }

    /** One get of ours. */
    @Benchmark
    public @Nullable Object getOurs(Keys keys, Full full) {
        return full.tree.get(full.next(keys));
    }

    /** One get of the JDK's. */
    @Benchmark
    public @Nullable Object getJdk(Keys keys, Full full) {
        return full.map.get(full.next(keys));
    }

    /** Fills one of ours. */
    @Benchmark
    public Object putOurs(Keys keys, Clean clean) {
        return filledTree(keys);
    }

    /** Fills one of the JDK's. */
    @Benchmark
    public Object putJdk(Keys keys, Clean clean) {
        return filledMap(keys);
    }

    private static BalancedTree<Slice, Slice> filledTree(Keys keys) {
        BalancedTree<Slice, Slice> tree = new BalancedTree<>(Comparator.naturalOrder());
        for (Slice key : keys.puts) {
            tree.put(key, key);
        }
        return tree;
    }

    private static Map<Slice, Slice> filledMap(Keys keys) {
        Map<Slice, Slice> map = new TreeMap<>();
        for (Slice key : keys.puts) {
            map.put(key, key);
        }
        return map;
    }
}
