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
    private static final double[] HOT_SHARES = {1, 0.95, 0.8}; // of the requests, which a hot part may have
    private static final double NEARLY = 0.8; // as hot as the hottest
    private static final int WINDOWS = 8; // where the hot part may begin
    private static final int BISECTIONS = 24;

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

    /** {@inheritDoc} For the locality, three parts are looked at: the narrowest one that has all of the keys asked for last, 95 of 100 of them, or 80. It is that of the largest part that is
     * nearly as hot as the hottest, by the number of times that one of its keys is asked for when the average key is asked once. */
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
    private double meanEntryBytes(KeyRange range) {
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
        List<Slice> asked = sample.in(range);
        if (asked.size() < SAMPLED_KEYS_MIN) {
            return Locality.UNIFORM;
        }
        List<Locality> parts = new ArrayList<>();
        for (double share : HOT_SHARES) {
            double keyShare = Math.min(1, narrowest(asked, share, entries, meanEntryBytes) / entries);
            parts.add(keyShare >= share ? Locality.UNIFORM : new Locality(keyShare, share));
        }
        double hottest = parts.stream().mapToDouble(RangeSizes::heat).max().orElseThrow();
        return parts.stream()
                .filter(part -> heat(part) >= NEARLY * hottest)
                .findFirst()
                .orElseThrow();
    }

    private static double heat(Locality part) {
        return part.requestShare() / part.keyShare();
    }

    /** How many entries the narrowest part has that has this share of the keys asked for. */
    private double narrowest(List<Slice> asked, double share, double entries, double meanEntryBytes) {
        int length = (int) Math.ceil(asked.size() * share);
        double least = entries;
        for (int window = 0; window < WINDOWS; window++) {
            int first = (asked.size() - length) * window / (WINDOWS - 1);
            KeyRange part = KeyRange.of(asked.get(first), after(asked.get(first + length - 1)));
            least = Math.min(least, Math.max(1, entries(part, meanEntryBytes)));
        }
        return least;
    }

    /** The next key after another one: the same with a zero byte. */
    private static Slice after(Slice key) {
        byte[] longer = new byte[key.length() + 1];
        key.copyTo(longer, 0);
        return Slice.wrap(longer);
    }

    /** {@inheritDoc} Found by bisecting the keys between the first and the last one. */
    @Override
    public Optional<Slice> middleOf(KeyRange range) {
        Slice low = range.from();
        Slice high = lastKey(range);
        double mean = meanEntryBytes(range);
        double half = entries(range, mean) / 2;
        Slice middle = null;
        for (int i = 0; i < BISECTIONS && high != null; i++) {
            Slice found = keyFrom(between(low, high), range);
            if (found == null || found.compareTo(high) >= 0) {
                break;
            }
            if (found.compareTo(range.from()) > 0) {
                middle = found;
            }
            if (entries(KeyRange.of(range.from(), found), mean) < half) {
                low = after(found);
            } else {
                high = found;
            }
            if (low.compareTo(high) >= 0) {
                break;
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
