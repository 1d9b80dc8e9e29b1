package storagelab.tier;

import com.google.common.io.Closer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.Metric;
import storagelab.api.StorageEngine;
import storagelab.api.StorageIoException;
import storagelab.api.StoreStats;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineType;
import storagelab.tier.Placement.Placed;

/** The tiers of a {@link TieredEngine}, each an engine in a directory of its own. */
final class TierSet {
    private final Map<String, StorageEngine> tiers; // by id, in the order in which they were named

    private TierSet(Map<String, StorageEngine> tiers) {
        this.tiers = tiers;
    }

    /** Opens each tier in the directory that has its id as its name. If one cannot be opened, none is open afterwards. */
    static TierSet open(Path directory, List<? extends EngineType> types, DurableOptions options) {
        Map<String, StorageEngine> tiers = new LinkedHashMap<>();
        try {
            for (EngineType type : types) {
                tiers.put(type.id(), type.open(directory.resolve(type.id()), options));
            }
        } catch (RuntimeException | Error e) {
            tiers.values().forEach(tier -> closeAfter(e, tier));
            throw e;
        }
        return new TierSet(tiers);
    }

    /** As {@link #open}, for reading. */
    static Map<String, EngineSnapshot> openReadOnly(
            Path directory, List<? extends EngineType> types, DurableOptions options) {
        Map<String, EngineSnapshot> tiers = new LinkedHashMap<>();
        try {
            for (EngineType type : types) {
                tiers.put(type.id(), type.openReadOnly(directory.resolve(type.id()), options));
            }
        } catch (RuntimeException | Error e) {
            tiers.values().forEach(tier -> closeAfter(e, tier));
            throw e;
        }
        return tiers;
    }

    /** A snapshot of each. */
    Map<String, EngineSnapshot> snapshots() {
        Map<String, EngineSnapshot> snapshots = new HashMap<>();
        try {
            tiers.forEach((id, tier) -> snapshots.put(id, tier.snapshot()));
        } catch (RuntimeException | Error e) {
            snapshots.values().forEach(snapshot -> closeAfter(e, snapshot));
            throw e;
        }
        return snapshots;
    }

    private static void closeAfter(Throwable failure, AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    /** The tier with this id. Throws an IllegalArgumentException if there is none. */
    StorageEngine get(String id) {
        StorageEngine tier = tiers.get(id);
        if (tier == null) {
            throw new IllegalArgumentException("no tier \"" + id + "\" among " + tiers.keySet());
        }
        return tier;
    }

    /** The ids, in the order in which the tiers were named. */
    List<String> ids() {
        return List.copyOf(tiers.keySet());
    }

    /** Does something with each. */
    void forEach(Consumer<StorageEngine> action) {
        tiers.values().forEach(action);
    }

    /** The sums of what all count; latencies are those of the first. */
    StoreStats stats() {
        Map<Metric, Long> sums = new HashMap<>();
        forEach(tier -> tier.stats().metrics().forEach((metric, value) -> sums.merge(metric, value, Long::sum)));
        StoreStats ofFirst = get(ids().get(0)).stats();
        return new StoreStats(sums, ofFirst.getLatency(), ofFirst.writeLatency());
    }

    /** Throws an AssertionError if a tier has a key that the placement has on another one. Reads every tier. */
    void verify(Placement placement) {
        for (Map.Entry<String, StorageEngine> tier : tiers.entrySet()) {
            for (Placed part : placement.parts()) {
                if (!part.tier().equals(tier.getKey())) {
                    checkEmpty(tier.getKey(), tier.getValue(), part);
                }
            }
        }
    }

    private static void checkEmpty(String id, StorageEngine tier, Placed part) {
        try (Cursor cursor = tier.cursor(part.range())) {
            cursor.seekToFirst();
            if (cursor.isValid()) {
                throw new AssertionError(
                        "tier " + id + " has " + cursor.key() + ", and " + part.range() + " is on " + part.tier());
            }
        }
    }

    /** Runs {@code last}, and closes each tier, whatever is thrown meanwhile, which propagates. */
    void closeAfter(Runnable last) {
        try (Closer closer = Closer.create()) {
            forEach(tier -> closer.register(tier::close));
            last.run();
        } catch (IOException e) {
            throw new StorageIoException("closing the tiers " + ids(), e);
        }
    }
}
