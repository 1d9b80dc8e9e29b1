// exercise: 2.9
// type: storagelab.feed.FeedFilter
// verdict: caught
// because: the range ends with the user's oldest post, and since is forgotten
public record FeedFilter(long userId, long sinceMillis, long untilMillis) {
    public KeyRange keyRange() {
        return new KeyRange(
                PostKeys.prefix(userId, untilMillis - 1),
                KeyRange.prefix(PostKeys.prefix(userId)).to());
    }
}
