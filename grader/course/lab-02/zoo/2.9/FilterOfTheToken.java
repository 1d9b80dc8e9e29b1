// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: the filter of the call is not compared with that of the token, whose user it then shows
public final class Feed {
    public FeedPage nextPage(FeedFilter filter, String token, int limit) {
        PageToken position = PageToken.decode(token, tokenKeys);
        FeedFilter same = position.filter();
        Slice last = PostKeys.key(same.userId(), position.timestampMillis(), position.postId());
        return page(same, new KeyRange(successor(last), same.keyRange().to()), limit);
    }
}
