package storagelab.feed;

import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/**
 * Which posts a feed shows: those of one user whose time is in {@code [sinceMillis, untilMillis)}.
 *
 * @param userId whose; not negative
 * @param sinceMillis the earliest time, in milliseconds since 1970; not negative
 * @param untilMillis the end of the time range, not in it any more; greater than {@code sinceMillis}
 */
public record FeedFilter(long userId, long sinceMillis, long untilMillis) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is outside its limits
     */
    public FeedFilter {
        if (userId < 0 || sinceMillis < 0 || untilMillis <= sinceMillis) {
            throw new IllegalArgumentException(
                    "posts of user " + userId + " from " + sinceMillis + " to " + untilMillis + " ms");
        }
    }

    /** All posts of {@code userId}. */
    public static FeedFilter everything(long userId) {
        return since(userId, 0);
    }

    /** The posts of {@code userId} from {@code sinceMillis} on. */
    public static FeedFilter since(long userId, long sinceMillis) {
        return new FeedFilter(userId, sinceMillis, Long.MAX_VALUE);
    }

    /** Whether a post of {@link #userId} at {@code timestampMillis} is one of them. */
    public boolean covers(long timestampMillis) {
        return timestampMillis >= sinceMillis && timestampMillis < untilMillis;
    }

    /**
     * The keys of exactly these posts: no key of another user or another time is in the range, whatever its post id.
     *
     * <p>Time runs against the keys: the latest posts have the smallest. So the range begins at the first key of the
     * latest millisecond that is in the filter, and ends at the first key of the latest millisecond before it.
     *
     * <p>Example: for user 1 and times [1000, 2000) the range goes from where the keys of millisecond 1999 begin, {@code
     * 0000000000000001 7ffffffffffff830}, to where those of millisecond 999 begin, {@code 0000000000000001
     * 7ffffffffffffc18}. With {@code sinceMillis} = 0 there is no millisecond before, and the range ends with the
     * user: at {@code 0000000000000002}.
     */
    @ExercisePart("2.9")
    public KeyRange keyRange() {
        Slice newest = PostKeys.prefix(userId, untilMillis - 1);
        Slice end = sinceMillis == 0
                ? KeyRange.prefix(PostKeys.prefix(userId)).to()
                : PostKeys.prefix(userId, sinceMillis - 1);
        return new KeyRange(newest, end);
    }
}
