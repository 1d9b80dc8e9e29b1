package storagelab.kin;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.kv.UpdatableStore;

/**
 * Lets each client do something at most so often: a token comes back each interval, there are at most so many, and each use
 * takes one.
 *
 * <p>Format: {@code b} and the name of the client as {@link KeyBytes} writes it → the time in milliseconds when all of its
 * tokens will be back, a varint. That one number is enough: at a time t, the tokens that are missing are (it − t) / interval,
 * rounded up. A client without an entry has all tokens.
 *
 * <p>If the clock goes back, the number may say that more tokens are missing than there are. Then all of them are: the client
 * waits for an interval, and not until the clock is where it was.
 *
 * <p>A use is one update of one key ({@link UpdatableStore#update}): of two threads, none takes a token that the other one
 * takes. It is {@link Durability#BUFFERED}: after a power cut a client may have a few more tokens, and nothing waits for a
 * sync.
 *
 * <p>Concurrency: safe for many threads, and for several objects over one store.
 */
public final class RateLimiter {
    private static final char BUCKET = 'b';
    private static final int FORGOTTEN_MAX = 1000; // in a call

    private final UpdatableStore store;
    private final InstantSource clock;
    private final int tokens;
    private final long intervalMillis;

    /**
     * Limits in {@code store}.
     *
     * @param tokens how often at once
     * @param intervalMillis how long until a token comes back
     */
    public RateLimiter(UpdatableStore store, InstantSource clock, int tokens, long intervalMillis) {
        if (tokens < 1 || intervalMillis < 1) {
            throw new IllegalArgumentException(tokens + " tokens, one each " + intervalMillis + " ms");
        }
        this.store = store;
        this.clock = clock;
        this.tokens = tokens;
        this.intervalMillis = intervalMillis;
    }

    /** Takes a token of a client; returns whether there was one. Cost: one get, and one put if there was. */
    public boolean tryAcquire(String client) {
        long now = clock.millis();
        boolean[] isTaken = new boolean[1]; // by the last call of the function
        Optional<Slice> unused = store.update(
                key(client),
                old -> {
                    long full = Math.min(Math.max(now, full(old)), now + tokens * intervalMillis);
                    isTaken[0] = full + intervalMillis - now <= tokens * intervalMillis;
                    return Optional.of(varint(isTaken[0] ? full + intervalMillis : full));
                },
                Durability.BUFFERED);
        return isTaken[0];
    }

    /**
     * Deletes the entries of clients that have all tokens again, at most {@value #FORGOTTEN_MAX}; without this there is an
     * entry for each client that ever came.
     *
     * @return how many
     */
    public int forget() {
        long now = clock.millis();
        List<Slice> full = new ArrayList<>();
        try (Cursor cursor = store.cursor(KeyRange.prefix(KeyBytes.of(BUCKET).toSlice()))) {
            cursor.seekToFirst();
            while (cursor.isValid() && full.size() < FORGOTTEN_MAX) {
                if (full(Optional.of(cursor.value())) <= now) {
                    full.add(cursor.key());
                }
                cursor.next();
            }
        }
        for (Slice key : full) { // a client may have come meanwhile
            Optional<Slice> unused =
                    store.update(key, old -> old.filter(value -> full(old) > now), Durability.BUFFERED);
        }
        return full.size();
    }

    private static Slice key(String client) {
        return KeyBytes.of(BUCKET).text(client).toSlice();
    }

    private static long full(Optional<Slice> value) {
        return value.map(bytes -> new ByteReader(bytes).readVarint64()).orElse(0L);
    }

    private static Slice varint(long millis) {
        return new ByteWriter(Long.BYTES).putVarint64(millis).toSlice();
    }
}
