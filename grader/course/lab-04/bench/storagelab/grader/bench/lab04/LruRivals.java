package storagelab.grader.bench.lab04;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import storagelab.cache.LruCache;
import storagelab.cache.Traces;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * {@link LruCache} beside a {@link LinkedHashMap} in the order of access that drops its eldest entry: numbers by Zipf's law
 * are looked up, and put if they are missing. Ten times as many numbers as there is room for.
 */
@State(Scope.Benchmark)
public class LruRivals {
    private static final int NUMBERS_A_PLACE = 10;
    private static final int QUESTIONS = 1 << 18;

    /** Room of both. */
    @Param("10000")
    public int capacity;

    private Integer[] numbers = {};
    private LruCache<Integer, Integer> cache = new LruCache<>(1);
    private Map<Integer, Integer> map = new DroppingMap(1);
    private int next;

    /** What the JDK has for this. */
    private static final class DroppingMap extends LinkedHashMap<Integer, Integer> {
        private static final long serialVersionUID = 1L;

        private final int capacity;

        DroppingMap(int capacity) {
            super(capacity * 2, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > capacity;
        }
    }

    /** Asks both all questions once; they must have the same numbers at every moment. */
    @Setup
    public void prepare() {
        Random random = new Random(Long.getLong("seed", 1));
        int[] trace = Traces.zipf(capacity * NUMBERS_A_PLACE, QUESTIONS, random);
        numbers = new Integer[trace.length];
        cache = new LruCache<>(capacity);
        map = new DroppingMap(capacity);
        for (int i = 0; i < trace.length; i++) {
            numbers[i] = trace[i];
            if (isHit(cache, numbers[i]) != isHit(map, numbers[i])) {
                throw new WrongAnswerException("after " + i + " calls, get(" + numbers[i] + ") is wrong");
            }
        }
    }

    /** One question to ours. */
    @Benchmark
    public boolean ours() {
        return isHit(cache, nextNumber());
    }

    /** One question to the JDK's. */
    @Benchmark
    public boolean jdk() {
        return isHit(map, nextNumber());
    }

    private Integer nextNumber() {
        next = next + 1 == numbers.length ? 0 : next + 1;
        return numbers[next];
    }

    private static boolean isHit(LruCache<Integer, Integer> cache, Integer number) {
        if (cache.get(number) != null) {
            return true;
        }
        cache.put(number, number);
        return false;
    }

    private static boolean isHit(Map<Integer, Integer> map, Integer number) {
        if (map.get(number) != null) {
            return true;
        }
        map.put(number, number);
        return false;
    }
}
