package storagelab.grader.serve;

import java.time.Instant;
import java.util.Optional;
import storagelab.api.Slice;
import storagelab.kv.ExpiringValue;

/** How a store keeps values and the times at which they expire. */
enum ValueCodec {
    /** As they are: they never expire. */
    PLAIN {
        @Override
        Slice encode(Slice value, long expiresAtMillis) {
            if (expiresAtMillis != NEVER) {
                throw new CommandException("ERR the values of this store never expire, since it was not made by serve;"
                        + " serve a directory of its own for values that do");
            }
            return value;
        }

        @Override
        long expiresAtMillis(Slice stored) {
            return NEVER;
        }

        @Override
        Slice value(Slice stored) {
            return stored;
        }
    },

    /** As {@link storagelab.kv.ExpiringStore} keeps them. */
    EXPIRING {
        @Override
        Slice encode(Slice value, long expiresAtMillis) {
            Optional<Instant> expiry =
                    expiresAtMillis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expiresAtMillis));
            return new ExpiringValue(value, expiry).encode();
        }

        @Override
        long expiresAtMillis(Slice stored) {
            return ExpiringValue.expiryMillis(stored);
        }

        @Override
        Slice value(Slice stored) {
            return ExpiringValue.withoutHead(stored);
        }
    };

    /** The time of a value that does not expire. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * What is stored for a value.
     *
     * @throws CommandException if it cannot expire
     */
    abstract Slice encode(Slice value, long expiresAtMillis);

    /** When {@code stored} expires, in milliseconds since 1970; {@link #NEVER} if it does not. */
    abstract long expiresAtMillis(Slice stored);

    /** The value in {@code stored}. */
    abstract Slice value(Slice stored);
}
