package storagelab.wal;

import java.time.Duration;

/**
 * How durable a commit is when it returns. A process that is killed loses no commit that has returned, whatever the policy: its
 * record is with the operating system. The policy says what a power cut may take.
 *
 * <table>
 * <caption>What a power cut may take of the commits that have returned</caption>
 * <tr><th>level</th><th>may be lost</th><th>a commit costs</th></tr>
 * <tr><td>{@link Level#NONE}</td><td>a suffix: everything since the log was synced for another reason, such as a new
 *     segment</td><td>no sync</td></tr>
 * <tr><td>{@link Level#INTERVAL}</td><td>a suffix: what was committed in the last interval and while a sync
 *     ran</td><td>no sync; a thread makes one an interval</td></tr>
 * <tr><td>{@link Level#EVERY_COMMIT}</td><td>nothing</td><td>a sync of its own</td></tr>
 * <tr><td>{@link Level#GROUP}</td><td>nothing</td><td>a sync that it shares with the commits that wait at the same
 *     time</td></tr>
 * </table>
 *
 * @param level of durability
 * @param interval between two syncs, of {@link Level#INTERVAL}
 */
public record SyncPolicy(Level level, Duration interval) {
    /** How often the log is synced. */
    public enum Level {
        /** Not for commits. */
        NONE,
        /** Once in an interval. */
        INTERVAL,
        /** Once for each commit. */
        EVERY_COMMIT,
        /** Once for all commits that wait at the same time. */
        GROUP
    }

    /** Checks the interval. */
    public SyncPolicy {
        if (interval.isNegative() || (level == Level.INTERVAL && interval.isZero())) {
            throw new IllegalArgumentException("an interval of " + interval + " between two syncs");
        }
    }

    /** No sync for commits. */
    public static SyncPolicy none() {
        return new SyncPolicy(Level.NONE, Duration.ZERO);
    }

    /** A sync each {@code interval}, if something was committed. */
    public static SyncPolicy every(Duration interval) {
        return new SyncPolicy(Level.INTERVAL, interval);
    }

    /** A sync for each commit. */
    public static SyncPolicy everyCommit() {
        return new SyncPolicy(Level.EVERY_COMMIT, Duration.ZERO);
    }

    /** A sync for the commits that wait at the same time. */
    public static SyncPolicy group() {
        return new SyncPolicy(Level.GROUP, Duration.ZERO);
    }

    /** Whether no commit that has returned is lost in a power cut. */
    public boolean isDurable() {
        return level == Level.EVERY_COMMIT || level == Level.GROUP;
    }
}
