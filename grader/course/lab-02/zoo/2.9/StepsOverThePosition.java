// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: accepted
// because: the range begins with the position, and the post there is stepped over if it still exists
public final class Feed {
    public FeedPage firstPage(FeedFilter filter, int limit) {
        return pageAfter(Optional.empty(), filter, limit);
    }

    public FeedPage nextPage(FeedFilter filter, String token, int limit) {
        PageToken position = PageToken.decode(token, tokenKeys);
        if (!position.filter().equals(filter)) {
            throw new PageTokenException(Reason.FOREIGN_FILTER);
        }
        Slice last = PostKeys.key(filter.userId(), position.timestampMillis(), position.postId());
        return pageAfter(Optional.of(last), filter, limit);
    }

    private FeedPage pageAfter(Optional<Slice> last, FeedFilter filter, int limit) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page of " + limit + " posts is not in [1, " + LIMIT_MAX + "]");
        }
        KeyRange all = filter.keyRange();
        List<Post> posts = new ArrayList<>();
        try (Cursor cursor = store.cursor(new KeyRange(last.orElse(all.from()), all.to()))) {
            cursor.seekToFirst();
            if (cursor.isValid() && last.isPresent() && cursor.key().equals(last.get())) {
                cursor.next();
            }
            for (; cursor.isValid() && posts.size() < limit; cursor.next()) {
                posts.add(Post.of(cursor.key(), cursor.value()));
            }
            return new FeedPage(posts, cursor.isValid() ? Optional.of(tokenAfter(posts, filter)) : Optional.empty());
        }
    }
}
