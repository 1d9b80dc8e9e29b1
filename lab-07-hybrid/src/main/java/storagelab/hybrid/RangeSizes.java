package storagelab.hybrid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.btree.BTreeStore;
import storagelab.cost.Locality;
import storagelab.cost.RangeData;
import storagelab.lsm.LsmStore;
import storagelab.recovery.EngineKind;
import storagelab.tier.Placement;
import storagelab.tier.Placement.Placed;
import storagelab.tier.TieredEngine;
import storagelab.writeback.WriteBackCache;

/**
 * Estimates what ranges of keys hold, from the upper levels of a B+tree and the indexes of an LSM tree's tables. What the write-back cache and the memtable
 * have and the tables do not is not seen.
 *
 * <p>Concurrency: safe for many threads.
 */
final class RangeSizes implements RoutedStore {
    private static final int SAMPLED_ENTRIES = 32; // to find the mean size of an entry
    private static final int SAMPLED_KEYS_MIN = 32; // fewer say nothing about locality
    private static final int PERCENT = 100;
    private static final int HOT_PERCENT_STEP = 5; // of the requests, from all of them down
    private static final int HOT_PERCENT_MIN = 20;
    private static final double NEARLY = 0.8; // as hot as the hottest
    private static final double DIVIDING_HEAT = 4; // of a part that gets a range of its own
    private static final int WINDOWS = 8; // where the hot part may begin
    private static final int BISECTIONS = 64;
    private static final double OFF_MAX = 0.1; // of a half, as far as a middle may be off

    private final TieredEngine engine;
    private final KeySample sample;

    /** Sizes of the ranges in {@code engine}, whose requests are in {@code sample}. */
    RangeSizes(TieredEngine engine, KeySample sample) {
        this.engine = engine;
        this.sample = sample;
    }

    /** Where the keys are once the move that is under way has ended. */
    static Placement settled(TieredEngine engine) {
        Placement now = engine.placement();
        return engine.move().map(move -> now.with(move.range(), move.to())).orElse(now);
    }

    /** {@inheritDoc} Of a range on several tiers, the one that has its first key; of keys that are moving, the one they go to. */
    @Override
    public EngineKind engineOf(KeyRange range) {
        return EngineKind.named(settled(engine).tierOf(range.from()));
    }

    /** {@inheritDoc} For the locality, parts are looked at: the narrowest one that has all of the keys asked for last, 95 of 100 of them, 90, and so on down to 20. It is
     * that of the largest part that is nearly as hot as the hottest. The heat of a part is how often one of its keys is asked for when the average key is asked once. */
    @Override
    public RangeData dataOf(KeyRange range) {
        double mean = meanEntryBytes(range);
        double entries = entries(range, mean);
        return entries < 1
                ? RangeData.uniform(0, 0)
                : new RangeData(Math.round(entries), Math.round(entries * mean), locality(range, entries, mean));
    }

    private double entries(KeyRange range, double meanEntryBytes) {
        return engine.placement().parts(range).stream()
                .mapToDouble(part -> entries(part, meanEntryBytes))
                .sum();
    }

    private double entries(Placed part, double meanEntryBytes) {
        StorageEngine tier = engine.tier(part.tier());
        if (tier instanceof WriteBackCache cache) {
            tier = cache.engine();
        }
        if (tier instanceof BTreeStore tree) {
            return tree.approximateEntries(part.range());
        }
        if (tier instanceof LsmStore lsm && meanEntryBytes > 0) {
            return lsm.approximateLiveBytes(part.range()) / meanEntryBytes;
        }
        return 0;
    }

    /** The mean size of the first entries; 0 if there are none. */
    double meanEntryBytes(KeyRange range) {
        long bytes = 0;
        int count = 0;
        try (Cursor cursor = engine.cursor(range)) {
            for (cursor.seekToFirst(); cursor.isValid() && count < SAMPLED_ENTRIES; cursor.next()) {
                bytes += cursor.key().length() + cursor.value().length();
                count++;
            }
        }
        return count == 0 ? 0 : (double) bytes / count;
    }

    private Locality locality(KeyRange range, double entries, double meanEntryBytes) {
        return hotPart(range, entries, meanEntryBytes).map(HotPart::locality).orElse(Locality.UNIFORM);
    }

    /** Where many of the requests go. */
    private record HotPart(KeyRange keys, Locality locality) {
        double heat() {
            return locality.requestShare() / locality.keyShare();
        }
    }

    /** The largest part that is nearly as hot as the hottest; empty if requests are spread evenly, as far as the sample shows. */
    private Optional<HotPart> hotPart(KeyRange range, double entries, double meanEntryBytes) {
        List<Slice> asked = sample.in(range);
        if (asked.size() < SAMPLED_KEYS_MIN) {
            return Optional.empty();
        }
        List<HotPart> parts = new ArrayList<>();
        for (int percent = PERCENT; percent >= HOT_PERCENT_MIN; percent -= HOT_PERCENT_STEP) {
            parts.add(narrowest(asked, (double) percent / PERCENT, entries, meanEntryBytes));
        }
        double hottest = parts.stream().mapToDouble(HotPart::heat).max().orElseThrow();
        return parts.stream()
                .filter(part -> part.heat() >= NEARLY * hottest)
                .findFirst()
                .filter(part -> part.heat() > 1);
    }

    /** The narrowest part that has this share of the keys asked for. */
    private HotPart narrowest(List<Slice> asked, double share, double entries, double meanEntryBytes) {
        int length = (int) Math.ceil(asked.size() * share);
        KeyRange narrowest = KeyRange.all();
        double least = entries;
        for (int window = 0; window < WINDOWS; window++) {
            int first = (asked.size() - length) * window / (WINDOWS - 1);
            KeyRange part = KeyRange.of(asked.get(first), after(asked.get(first + length - 1)));
            double found = Math.max(1, entries(part, meanEntryBytes));
            if (window == 0 || found < least) {
                narrowest = part;
                least = Math.min(entries, found);
            }
        }
        double keyShare = Math.min(1, least / entries);
        return new HotPart(narrowest, keyShare < share ? new Locality(keyShare, share) : Locality.UNIFORM);
    }

    /** The next key after another one: the same with a zero byte. */
    private static Slice after(Slice key) {
        byte[] longer = new byte[key.length() + 1];
        key.copyTo(longer, 0);
        return Slice.wrap(longer);
    }

    /**
     * {@inheritDoc} A part is hot if one of its keys is asked for {@value #DIVIDING_HEAT} times as often as the average key. Of its two ends, the one with more of the other keys
     * behind it is taken. The middle is found by bisecting the keys between the first and the last one.
     */
    @Override
    public Optional<Slice> dividerOf(KeyRange range) {
        double mean = meanEntryBytes(range);
        double entries = entries(range, mean);
        if (entries < 1) {
            return Optional.empty();
        }
        return hotPart(range, entries, mean)
                .filter(part -> part.heat() >= DIVIDING_HEAT)
                .map(part -> endOf(part.keys, range, mean))
                .or(() -> middleOf(range, mean, entries / 2));
    }

    /** The end of a part that has more keys of the range behind it; null if it has all keys. */
    private @Nullable Slice endOf(KeyRange part, KeyRange range, double meanEntryBytes) {
        Slice end = part.to() == null ? null : keyFrom(part.to(), range);
        double before = entries(KeyRange.of(range.from(), part.from()), meanEntryBytes);
        if (end != null && entries(new KeyRange(end, range.to()), meanEntryBytes) > before) {
            return end;
        }
        Slice first = keyFrom(range.from(), range);
        return first == null || part.from().compareTo(first) <= 0 ? end : part.from();
    }

    /** Of the keys that bisecting finds, the one with about as much before it as behind it. Where no keys are, as behind the digit 9, the upper end comes down. */
    private Optional<Slice> middleOf(KeyRange range, double mean, double half) {
        Slice low = range.from();
        Slice high = lastKey(range);
        Slice middle = null;
        double leastOff = Double.POSITIVE_INFINITY;
        for (int i = 0; i < BISECTIONS && high != null && low.compareTo(high) < 0 && leastOff > OFF_MAX * half; i++) {
            Slice probe = between(low, high);
            Slice found = keyFrom(probe, range);
            if (found == null || found.compareTo(high) >= 0) {
                high = probe;
                continue;
            }
            double before = entries(KeyRange.of(range.from(), found), mean);
            if (found.compareTo(range.from()) > 0 && Math.abs(before - half) < leastOff) {
                middle = found;
                leastOff = Math.abs(before - half);
            }
            if (before < half) {
                low = found;
            } else {
                high = found;
            }
        }
        return Optional.ofNullable(middle);
    }

    private @Nullable Slice lastKey(KeyRange range) {
        try (Cursor cursor = engine.cursor(range)) {
            cursor.seekToLast();
            return cursor.isValid() ? cursor.key() : null;
        }
    }

    private @Nullable Slice keyFrom(Slice key, KeyRange range) {
        try (Cursor cursor = engine.cursor(range)) {
            cursor.seek(key);
            return cursor.isValid() ? cursor.key() : null;
        }
    }

    /** A key about half way between two others, taken as binary fractions. */
    private static Slice between(Slice low, Slice high) {
        int length = Math.max(low.length(), high.length()) + 1;
        byte[] half = new byte[length];
        int[] sums = new int[length + 1];
        for (int i = length - 1; i >= 0; i--) {
            int sum = digit(low, i) + digit(high, i) + sums[i + 1];
            sums[i] = sum >> Byte.SIZE;
            half[i] = (byte) sum;
        }
        int carry = sums[0]; // what is left of the digits before, to be divided
        for (int i = 0; i < length; i++) {
            int digit = Byte.toUnsignedInt(half[i]) + (carry << Byte.SIZE);
            half[i] = (byte) (digit >> 1);
            carry = digit & 1;
        }
        return Slice.wrap(half);
    }

    private static int digit(Slice key, int index) {
        return index < key.length() ? Byte.toUnsignedInt(key.byteAt(index)) : 0;
    }
}
