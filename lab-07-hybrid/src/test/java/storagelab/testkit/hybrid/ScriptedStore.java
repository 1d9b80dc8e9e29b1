package storagelab.testkit.hybrid;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.cost.Locality;
import storagelab.cost.RangeData;
import storagelab.hybrid.LoadCosts;
import storagelab.hybrid.RoutedStore;
import storagelab.recovery.EngineKind;
import storagelab.workload.RangeStatistics;

/**
 * A store without data, for tests of a router: the keys {@code k000}, {@code k001} and so on, each with the same number of bytes. What
 * loads cost is what the test says; otherwise a get costs 10 µs on the B+tree and 50 on the LSM tree, and a write 100 and 10.
 */
public final class ScriptedStore implements RoutedStore, LoadCosts {
    private static final Slice[] KEYS = IntStream.range(0, 1_000)
            .mapToObj(number -> Slice.utf8(String.format(Locale.ROOT, "k%03d", number)))
            .toArray(Slice[]::new);

    private final int keys;
    private final long bytesPerKey;
    private final TreeMap<Slice, EngineKind> engines = new TreeMap<>(); // by the first key of a range
    private final Map<Slice, EngineCosts> costs = new HashMap<>(); // of the range that has the key
    private final Map<Slice, Locality> localities = new HashMap<>(); // of the range that has the key
    private final Map<Slice, Long> bytes = new HashMap<>(); // of the range that begins with the key

    private final Map<Slice, @Nullable Slice> middles = new HashMap<>(); // of the range that begins with the key

    /** A store of up to 1,000 keys that are all on {@code engine}. */
    public ScriptedStore(int keys, long bytesPerKey, EngineKind engine) {
        this.keys = keys;
        this.bytesPerKey = bytesPerKey;
        engines.put(Slice.EMPTY, engine);
    }

    /** A key of the store. */
    public static Slice key(int number) {
        return KEYS[number];
    }

    /** Puts the keys from {@code from} on, up to the next such key, on {@code engine}. */
    public ScriptedStore place(Slice from, EngineKind engine) {
        engines.put(from, engine);
        return this;
    }

    /** From now on, a second of the range that has {@code key} costs this much, whatever its load is. */
    public void cost(Slice key, double btreeMicros, double lsmMicros) {
        costs.put(key, new EngineCosts(btreeMicros, lsmMicros));
    }

    /** From now on, the range that has {@code key} has this locality. */
    public void locality(Slice key, double keyShare, double requestShare) {
        localities.put(key, new Locality(keyShare, requestShare));
    }

    /** From now on, the range that begins with {@code from} has this many bytes. */
    public void bytes(Slice from, long number) {
        bytes.put(from, number);
    }

    /** From now on, this is the middle of the range that begins with {@code from}; null if it has none. */
    public void middle(Slice from, @Nullable Slice at) {
        middles.put(from, at);
    }

    @Override
    public EngineKind engineOf(KeyRange range) {
        return engines.floorEntry(range.from()).getValue();
    }

    @Override
    public RangeData dataOf(KeyRange range) {
        int entries = lowest(range.to(), keys) - lowest(range.from(), 0);
        Locality locality = localities.entrySet().stream()
                .filter(one -> range.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Locality.UNIFORM);
        long size = bytes.getOrDefault(range.from(), entries * bytesPerKey);
        return new RangeData(Math.max(entries, size > 0 ? 1 : 0), size, locality);
    }

    @Override
    public Optional<Slice> dividerOf(KeyRange range) {
        int from = lowest(range.from(), 0);
        int to = lowest(range.to(), keys);
        if (middles.containsKey(range.from())) {
            return Optional.ofNullable(middles.get(range.from()));
        }
        return to - from < 2 ? Optional.empty() : Optional.of(key((from + to) >>> 1));
    }

    @Override
    public EngineCosts costs(RangeStatistics load, double seconds, RangeData data) {
        return costs.entrySet().stream()
                .filter(one -> load.range().contains(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> new EngineCosts(
                        (10 * load.gets() + 100 * load.writes()) / seconds,
                        (50 * load.gets() + 10 * load.writes()) / seconds));
    }

    /** The number of the first key from {@code key} on. */
    private int lowest(@Nullable Slice key, int otherwise) {
        if (key == null) {
            return otherwise;
        }
        int index = Arrays.binarySearch(KEYS, 0, keys, key);
        return index < 0 ? -index - 1 : index;
    }
}
