package storagelab.grader.serve;

import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.kv.UpdatableStore;

/**
 * The keys and values that commands see: those of the store, with the writes over them that are not committed yet. A value that
 * has expired is not there.
 *
 * <p>Writes are collected in a batch. {@link #dependsOn} says which batch the reply of a command has to wait for.
 *
 * <p>Concurrency: one thread at a time, the one that executes commands.
 */
final class Keyspace {
    private final UpdatableStore store;
    private final StorageEngine engine;
    private final ValueCodec codec;
    private final InstantSource clock;
    private final WatchedKeys watches = new WatchedKeys();
    private PendingWrites current = new PendingWrites(1);
    private PendingWrites inFlight = new PendingWrites(0);
    private long dependsOn;
    private boolean mayExpire;

    /** The keys and values of a store. */
    Keyspace(Served served, InstantSource clock) {
        this.store = served.entries();
        this.engine = served.engine();
        this.codec = served.codec();
        this.mayExpire = codec == ValueCodec.EXPIRING;
        this.clock = clock;
    }

    WatchedKeys watches() {
        return watches;
    }

    long nowMillis() {
        return clock.millis();
    }

    /** The value of {@code key}; null if it has none. */
    @Nullable
    Slice get(Slice key) {
        Slice stored = live(key);
        return stored == null ? null : codec.value(stored);
    }

    boolean contains(Slice key) {
        return live(key) != null;
    }

    /** When {@code key} expires; {@link ValueCodec#NEVER} also if it has no value. */
    long expiresAtMillis(Slice key) {
        Slice stored = live(key);
        return stored == null ? ValueCodec.NEVER : codec.expiresAtMillis(stored);
    }

    private @Nullable Slice live(Slice key) {
        Slice stored = stored(key);
        if (stored == null) {
            return null;
        }
        long expiresAt = codec.expiresAtMillis(stored);
        return expiresAt == ValueCodec.NEVER || expiresAt > nowMillis() ? stored : null;
    }

    /** What is stored under {@code key}, expired or not. */
    private @Nullable Slice stored(Slice key) {
        Optional<Slice> written = current.get(key);
        if (written != null) {
            dependsOn = current.number();
            return written.orElse(null);
        }
        written = inFlight.get(key);
        if (written != null) {
            dependsOn = Math.max(dependsOn, inFlight.number());
            return written.orElse(null);
        }
        return store.get(key).orElse(null);
    }

    /** Stores a value that does not expire. */
    void put(Slice key, Slice value) {
        put(key, value, ValueCodec.NEVER);
    }

    /**
     * Stores a value.
     *
     * @throws IllegalArgumentException if the key or the value is too long
     */
    void put(Slice key, Slice value, long expiresAtMillis) {
        Slice stored = codec.encode(value, expiresAtMillis);
        check(key, stored);
        mayExpire |= expiresAtMillis != ValueCodec.NEVER;
        write(key, Optional.of(stored));
    }

    /**
     * Checks that a value could be stored.
     *
     * @throws IllegalArgumentException if the key or the value is too long
     */
    void check(Slice key, Slice value) {
        engine.check(new WriteBatch().put(key, value));
    }

    /** Deletes a key; false if it had no value. */
    boolean delete(Slice key) {
        Slice stored = stored(key);
        if (stored == null) {
            return false;
        }
        boolean wasLive = codec.expiresAtMillis(stored) > nowMillis();
        write(key, Optional.empty());
        return wasLive;
    }

    /** Deletes a key if its value has expired. */
    void deleteExpired(Slice key) {
        Slice stored = stored(key);
        if (stored != null && codec.expiresAtMillis(stored) <= nowMillis()) {
            write(key, Optional.empty());
        }
    }

    private void write(Slice key, Optional<Slice> stored) {
        current.write(key, stored);
        dependsOn = current.number();
        watches.written(key);
    }

    /** The entries of a range, which the caller closes. The reply depends on all writes. */
    EntryScan entries(KeyRange range, boolean isReverse) {
        NavigableMap<Slice, Optional<Slice>> pending = new TreeMap<>();
        inFlight.addTo(pending);
        current.addTo(pending);
        if (!pending.isEmpty()) {
            dependsOn = current.isEmpty() ? inFlight.number() : current.number();
        }
        pending.keySet().removeIf(key -> !range.contains(key));
        return new EntryScan(store.cursor(range), pending, isReverse, new EntryScan.Values(codec, nowMillis()));
    }

    ValueCodec codec() {
        return codec;
    }

    /** Whether there may be values that expire. */
    boolean mayExpire() {
        return mayExpire;
    }

    /** Says whether there may be values that expire, after all have been looked at. */
    void setMayExpire(boolean may) {
        mayExpire = may;
    }

    /** Forgets what the command before depended on. */
    void beginCommand() {
        dependsOn = 0;
    }

    /** The batch that what was done since {@link #beginCommand} depends on; 0 for none. */
    long dependsOn() {
        return dependsOn;
    }

    /** The writes that no commit has begun for. */
    PendingWrites current() {
        return current;
    }

    /** Whether a commit is under way. */
    boolean isCommitting() {
        return !inFlight.isEmpty();
    }

    /** The commit of what was written so far begins. */
    PendingWrites beginCommit() {
        inFlight = current;
        current = new PendingWrites(inFlight.number() + 1);
        return inFlight;
    }

    /** The commit has ended, one way or the other: the store has the batch, or never will. */
    void endCommit() {
        inFlight = new PendingWrites(0);
    }
}
