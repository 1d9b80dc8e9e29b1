package storagelab.recovery;

/**
 * How changes are followed.
 *
 * @param reach which changes are returned
 * @param truncation whether the log may be cut before its changes are returned
 */
public record FeedOptions(Reach reach, Truncation truncation) {
    /** Which changes are returned. */
    public enum Reach {
        /**
         * Those that readers of the store see and that are on the disk. A power cut takes none of them back, so a sequence that was
         * stored can be resumed from, whatever happens to the store.
         */
        DURABLE,

        /**
         * Those that readers of the store see. A power cut may take back the last ones, and other operations then get their sequences:
         * a reader that has stored such a sequence misses those.
         */
        VISIBLE
    }

    /** Whether the log may be cut. */
    public enum Truncation {
        /** Yes: a reader that is too slow gets a {@link storagelab.api.LogTruncatedException}. */
        ALLOWED,

        /** No, as long as the feed is open: a reader that stops lets the log grow until the disk is full. */
        HELD_BACK
    }

    /** Durable changes; the log may be cut. */
    public static FeedOptions defaults() {
        return new FeedOptions(Reach.DURABLE, Truncation.ALLOWED);
    }

    /** With another reach. */
    public FeedOptions withReach(Reach other) {
        return new FeedOptions(other, truncation);
    }

    /** With another rule for cutting the log. */
    public FeedOptions withTruncation(Truncation other) {
        return new FeedOptions(reach, other);
    }
}
