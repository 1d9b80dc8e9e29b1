package storagelab.grader.bench.lab03;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.memtable.SkipListMemtable;

/**
 * The memtable beside {@link ConcurrentSkipListMap} with keys that are compared as unsigned bytes: filling an empty one,
 * and getting from a full one. Keys of 16 bytes, values of 100.
 */
public class MemtableRivals {
    /** Keys in the order in which they are put, and equal ones, other objects, in the order in which they are got. */
    @State(Scope.Benchmark)
    public static class Data {
        /** How many. */
        @Param("100000")
        public int entries;

        /** {@code random}: the first eight bytes decide. {@code accounts}: they are the same in all keys. */
        @Param("random")
        public String keys = "";

        private byte[][] puts = {};
        private byte[][] gets = {};
        private byte[][] values = {};
        private Slice[] putSlices = {};
        private Slice[] getSlices = {};
        private Slice[] valueSlices = {};

        /** Makes the keys. */
        @Setup
        public void prepare() {
            Random random = new Random(Long.getLong("seed", 1));
            puts = keys.equals("accounts")
                    ? MemtableKeys.accounts(entries, random)
                    : MemtableKeys.random(entries, random);
            List<byte[]> shuffled = Arrays.asList(puts.clone());
            Collections.shuffle(shuffled, random);
            gets = shuffled.stream().map(byte[]::clone).toArray(byte[][]::new);
            values = MemtableKeys.values(random);
            putSlices = slices(puts);
            getSlices = slices(gets);
            valueSlices = slices(values);
        }

        private void fill(SkipListMemtable memtable, int first, int step) {
            for (int i = first; i < entries; i += step) {
                memtable.add(i + 1, Entry.value(putSlices[i], valueSlices[i % valueSlices.length]));
            }
        }

        private void fill(ConcurrentSkipListMap<byte[], byte[]> map, int first, int step) {
            for (int i = first; i < entries; i += step) {
                map.put(puts[i], values[i % values.length]);
            }
        }

        private static Slice[] slices(byte[][] arrays) {
            return Arrays.stream(arrays).map(Slice::wrap).toArray(Slice[]::new);
        }
    }

    /** Both, full. */
    @State(Scope.Benchmark)
    public static class Full {
        private final SkipListMemtable memtable = new SkipListMemtable();
        private final ConcurrentSkipListMap<byte[], byte[]> map = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

        /** Fills both, and asks both for every key. */
        @Setup
        public void prepare(Data data) {
            data.fill(memtable, 0, 1);
            data.fill(map, 0, 1);
            for (int i = 0; i < data.entries; i++) {
                byte[] expected = map.get(data.gets[i]);
                Entry found = memtable.get(data.getSlices[i], SkipListMemtable.MAX_SEQUENCE)
                        .orElse(null);
                if (expected == null || found == null || !found.value().equals(Slice.wrap(expected))) {
                    throw new WrongAnswerException("get(" + data.getSlices[i] + ") does not give what was put");
                }
            }
        }
    }

    /** Both, empty at the beginning of every round. */
    @State(Scope.Benchmark)
    public static class Empty {
        private SkipListMemtable memtable = new SkipListMemtable();
        private ConcurrentSkipListMap<byte[], byte[]> map = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

        /** Makes new ones; the garbage of the round before is collected outside the measurement. */
        @Setup(Level.Iteration)
        public void prepare() {
            memtable = new SkipListMemtable();
            map = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
            System.gc();
        }
    }

    /** Which of the threads this is, and where it stands in the keys. */
    @State(Scope.Thread)
    public static class Me {
        private int index;
        private int threads;
        private int next;

        /** Threads begin at different places. */
        @Setup
        public void prepare(Data data, ThreadParams params) {
            index = params.getThreadIndex();
            threads = params.getThreadCount();
            next = (int) ((long) data.entries * index / threads);
        }

        private int next(Data data) {
            next = next + 1 == data.entries ? 0 : next + 1;
            return next;
        }
    }

    /** One get of ours. */
    @Benchmark
    public Object getOurs(Data data, Full full, Me me) {
        return full.memtable.get(data.getSlices[me.next(data)], SkipListMemtable.MAX_SEQUENCE);
    }

    /** One get of the JDK's. */
    @Benchmark
    public byte @Nullable [] getJdk(Data data, Full full, Me me) {
        return full.map.get(data.gets[me.next(data)]);
    }

    /** Fills one of ours; several threads share the keys. */
    @Benchmark
    public Object putOurs(Data data, Empty empty, Me me) {
        data.fill(empty.memtable, me.index, me.threads);
        return empty.memtable;
    }

    /** Fills one of the JDK's; several threads share the keys. */
    @Benchmark
    public Object putJdk(Data data, Empty empty, Me me) {
        data.fill(empty.map, me.index, me.threads);
        return empty.map;
    }
}
