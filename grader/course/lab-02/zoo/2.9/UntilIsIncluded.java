// exercise: 2.9
// type: storagelab.feed.FeedFilter
// verdict: caught
// because: time runs against the keys, and the half-open end was left at the wrong side
public record FeedFilter(long userId, long sinceMillis, long untilMillis) {
    public KeyRange keyRange() {
        Slice end = sinceMillis == 0
                ? KeyRange.prefix(PostKeys.prefix(userId)).to()
                : PostKeys.prefix(userId, sinceMillis);
        long newest = untilMillis == Long.MAX_VALUE ? untilMillis - 1 : untilMillis;
        return new KeyRange(PostKeys.prefix(userId, newest), end);
    }
}
