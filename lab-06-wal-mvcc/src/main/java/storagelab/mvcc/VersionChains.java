package storagelab.mvcc;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * The chains of all keys that have one.
 *
 * <p>Concurrency: safe for many threads. Reading takes no lock.
 */
public final class VersionChains {
    private final ConcurrentSkipListMap<Slice, VersionChain> chains = new ConcurrentSkipListMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final AtomicLong valueBytes = new AtomicLong();

    /** The chain of a key; null if it has none. */
    public @Nullable VersionChain get(Slice key) {
        return chains.get(key);
    }

    /** Adds a value that a key had, or null if it had none, to the front of its chain. */
    public synchronized void add(Slice key, long replacedAt, @Nullable Slice value) {
        chains.put(key, new VersionChain(replacedAt, value, chains.get(key)));
        versions.incrementAndGet();
        valueBytes.addAndGet(value == null ? 0 : value.length());
    }

    /** Replaces the chain of a key by the one that {@code change} makes of it, or removes it if that is null. */
    public synchronized void update(Slice key, Function<VersionChain, @Nullable VersionChain> change) {
        VersionChain before = chains.get(key);
        if (before == null) {
            return;
        }
        VersionChain after = change.apply(before);
        if (after == before) {
            return;
        }
        versions.addAndGet((after == null ? 0 : after.length()) - before.length());
        valueBytes.addAndGet((after == null ? 0 : after.valueBytes()) - before.valueBytes());
        if (after == null) {
            chains.remove(key);
        } else {
            chains.put(key, after);
        }
    }

    /** The chains by key, which change while they are read. */
    NavigableMap<Slice, VersionChain> byKey() {
        return chains;
    }

    /** How many versions there are. */
    public long versions() {
        return versions.get();
    }

    /** How many bytes the values of all versions have. */
    public long valueBytes() {
        return valueBytes.get();
    }
}
