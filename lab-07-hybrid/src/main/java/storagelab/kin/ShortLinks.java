package storagelab.kin;

import java.time.InstantSource;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.kv.UpdatableStore;

/**
 * Short names for long addresses, given in the order of time, to each client at most so often.
 *
 * <p>Format: {@code l} and the number of the link as {@link KeyBytes} writes it → the address in UTF-8; and the entries of a
 * {@link RateLimiter}.
 *
 * <p>The number is of {@link TimeOrderedIds}. So a new link is the last key of its range: on a B+tree all new links go to one
 * leaf, while random numbers change another leaf each. And the last key is the largest number that was given. An object that is
 * opened reads it and begins after it, even if the clock was set back meanwhile: no second entry has to be written for that.
 *
 * <p>The name is the number in base 62, in eleven characters. The digits are in the order 0-9, A-Z, a-z of ASCII, so that names
 * have the order of their links.
 *
 * <p>A link is one write. A crash before it has returned may leave a link whose name was not returned; that costs a few bytes.
 * A link that was returned SYNCED is never given again.
 *
 * <p>Concurrency: safe for many threads. Several nodes may use one store, each with a number of its own.
 */
public final class ShortLinks {
    /** How many characters a name has. */
    public static final int NAME_LENGTH = 11;

    private static final char LINK = 'l';
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final KeyRange ALL = KeyRange.prefix(KeyBytes.of(LINK).toSlice());

    private final UpdatableStore store;
    private final RateLimiter limiter;
    private final TimeOrderedIds ids;

    /**
     * Links in {@code store}.
     *
     * @param limiter of the links that a client may make
     * @param node tells nodes over one store apart
     */
    public ShortLinks(UpdatableStore store, RateLimiter limiter, InstantSource clock, int node) {
        this.store = store;
        this.limiter = limiter;
        try (Cursor cursor = store.cursor(ALL)) {
            cursor.seekToLast();
            long last = cursor.isValid() ? KeyBytes.numberAt(cursor.key(), 1) : 0;
            this.ids = new TimeOrderedIds(clock, node, last);
        }
    }

    /**
     * A new name for an address, or nothing if the client has made too many. Cost: an update, and a put at the end of all
     * links.
     */
    public Optional<String> create(String client, String address, Durability durability) {
        Slice value = KeyBytes.utf8(address);
        if (!limiter.tryAcquire(client)) {
            return Optional.empty();
        }
        long id = ids.next();
        store.write(new WriteBatch().put(key(id), value), durability);
        return Optional.of(name(id));
    }

    /** The address of a name, or nothing if it was not given. Cost: one get. */
    public Optional<String> resolve(String name) {
        long id = 0;
        if (name.length() != NAME_LENGTH) {
            return Optional.empty();
        }
        for (int i = 0; i < NAME_LENGTH; i++) {
            int digit = DIGITS.indexOf(name.charAt(i));
            if (digit < 0 || id > (Long.MAX_VALUE - digit) / DIGITS.length()) {
                return Optional.empty();
            }
            id = id * DIGITS.length() + digit;
        }
        return store.get(key(id)).map(Slice::toUtf8);
    }

    /** A number in base 62. */
    static String name(long id) {
        char[] name = new char[NAME_LENGTH];
        long rest = id;
        for (int i = NAME_LENGTH - 1; i >= 0; i--) {
            name[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(name);
    }

    private static Slice key(long id) {
        return KeyBytes.of(LINK).number(id).toSlice();
    }
}
