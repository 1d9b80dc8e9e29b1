// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: it walks from the newest post to the position, so that each page costs more than the one before
public final class Feed {
    public FeedPage nextPage(FeedFilter filter, String token, int limit) {
        PageToken position = PageToken.decode(token, tokenKeys);
        if (!position.filter().equals(filter)) {
            throw new PageTokenException(Reason.FOREIGN_FILTER);
        }
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page of " + limit + " posts");
        }
        Slice last = PostKeys.key(filter.userId(), position.timestampMillis(), position.postId());
        List<Post> posts = new ArrayList<>();
        try (Cursor cursor = store.cursor(filter.keyRange())) {
            cursor.seekToFirst();
            while (cursor.isValid() && posts.size() < limit) {
                if (cursor.key().compareTo(last) > 0) {
                    posts.add(Post.of(cursor.key(), cursor.value()));
                }
                cursor.next();
            }
            while (cursor.isValid() && cursor.key().compareTo(last) <= 0) {
                cursor.next();
            }
            return new FeedPage(posts, cursor.isValid() ? Optional.of(tokenAfter(posts, filter)) : Optional.empty());
        }
    }
}
