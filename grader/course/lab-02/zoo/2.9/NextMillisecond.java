// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: the next page begins a millisecond earlier, and the other posts of the same time are skipped
public final class Feed {
    public FeedPage nextPage(FeedFilter filter, String token, int limit) {
        PageToken position = PageToken.decode(token, tokenKeys);
        if (!position.filter().equals(filter)) {
            throw new PageTokenException(Reason.FOREIGN_FILTER);
        }
        Slice earlier = position.timestampMillis() == 0
                ? KeyRange.prefix(PostKeys.prefix(filter.userId())).to()
                : PostKeys.prefix(filter.userId(), position.timestampMillis() - 1);
        Slice end = filter.keyRange().to();
        return page(filter, new KeyRange(earlier.compareTo(end) < 0 ? earlier : end, end), limit);
    }
}
