package storagelab.grader.serve;

import java.time.Duration;
import storagelab.wal.SyncPolicy;

/**
 * What a write has survived when its reply is sent. A server that is killed loses no write it has replied to, whatever the
 * durability; the durability says what a power cut may take.
 */
public enum ServeDurability {
    /** A power cut may take a suffix of the writes that were replied to, of any length. As {@code appendfsync no} of Redis. */
    NONE("no"),

    /** A power cut may take the writes of about the last second. As {@code appendfsync everysec} of Redis. */
    INTERVAL("everysec"),

    /** A power cut takes no write that was replied to. As {@code appendfsync always} of Redis. */
    COMMIT("always");

    private static final Duration INTERVAL_LENGTH = Duration.ofSeconds(1);

    private final String redisName;

    ServeDurability(String redisName) {
        this.redisName = redisName;
    }

    /** The value of {@code appendfsync} that promises the same. */
    String redisName() {
        return redisName;
    }

    /** The policy with which the store must be opened. The server asks for the syncs of {@link #COMMIT} itself. */
    public SyncPolicy syncPolicy() {
        return this == INTERVAL ? SyncPolicy.every(INTERVAL_LENGTH) : SyncPolicy.none();
    }
}
