package storagelab.grader.bench.lab03;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.memtable.SkipListMemtable;

/**
 * Heap for an entry of 16 and 100 bytes, key and value included: the memtable's, with that of a {@link
 * ConcurrentSkipListMap} of byte arrays as its limit.
 */
public final class MemtableMemory implements CostProbe {
    private static final int[] ENTRIES = {100_000, 1_000_000};

    /** The serial collector of HotSpot leaves some dead objects where they are, except in every fourth collection. */
    private static final int COLLECTIONS = 4;

    @Override
    public List<Cost> count(long seed) {
        return Arrays.stream(ENTRIES).mapToObj(entries -> cost(entries, seed)).toList();
    }

    private static Cost cost(int entries, long seed) {
        double ours = bytes(entries, () -> memtable(entries, seed));
        double theirs = bytes(entries, () -> map(entries, seed));
        return Cost.atMost(String.format(Locale.ROOT, "bytes of heap an entry, %,d entries", entries), ours, theirs);
    }

    private static double bytes(int entries, Supplier<Object> filled) {
        long before = heapInUse();
        Object structure = filled.get();
        double taken = heapInUse() - before;
        Reference.reachabilityFence(structure);
        return Math.round(10 * taken / entries) / 10.0;
    }

    private static Object memtable(int entries, long seed) {
        Random random = new Random(seed);
        SkipListMemtable memtable = new SkipListMemtable();
        for (int i = 0; i < entries; i++) {
            memtable.add(i, Entry.value(Slice.wrap(key(i, random)), Slice.wrap(new byte[MemtableKeys.VALUE_BYTES])));
        }
        return memtable;
    }

    private static Object map(int entries, long seed) {
        Random random = new Random(seed);
        ConcurrentSkipListMap<byte[], byte[]> map = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < entries; i++) {
            map.put(key(i, random), new byte[MemtableKeys.VALUE_BYTES]);
        }
        return map;
    }

    private static byte[] key(int number, Random random) {
        byte[] key = new byte[MemtableKeys.KEY_BYTES];
        random.nextBytes(key);
        for (int i = 0; i < Integer.BYTES; i++) {
            key[key.length - 1 - i] = (byte) (number >>> i * Byte.SIZE);
        }
        return key;
    }

    private static long heapInUse() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
