// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: a token of the same user is taken for any time range
public final class Feed {
    public FeedPage nextPage(FeedFilter filter, String token, int limit) {
        PageToken position = PageToken.decode(token, tokenKeys);
        if (position.filter().userId() != filter.userId()) {
            throw new PageTokenException(Reason.FOREIGN_FILTER);
        }
        Slice last = PostKeys.key(filter.userId(), position.timestampMillis(), position.postId());
        return page(filter, new KeyRange(successor(last), filter.keyRange().to()), limit);
    }
}
