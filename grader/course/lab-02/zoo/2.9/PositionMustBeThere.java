// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: it looks for the post at the position, and the walk ends early if that was deleted
public final class Feed {
    public FeedPage nextPage(FeedFilter filter, String token, int limit) {
        PageToken position = PageToken.decode(token, tokenKeys);
        if (!position.filter().equals(filter)) {
            throw new PageTokenException(Reason.FOREIGN_FILTER);
        }
        Slice last = PostKeys.key(filter.userId(), position.timestampMillis(), position.postId());
        Slice end = filter.keyRange().to();
        try (Cursor cursor = store.cursor(new KeyRange(last, end))) {
            cursor.seekToFirst();
            if (!cursor.isValid() || !cursor.key().equals(last)) {
                return new FeedPage(List.of(), Optional.empty());
            }
        }
        return page(filter, new KeyRange(successor(last), end), limit);
    }
}
