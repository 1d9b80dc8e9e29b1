// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: a full page always has a token, and when nothing follows, its reader gets an empty page
public final class Feed {
    private FeedPage page(FeedFilter filter, KeyRange range, int limit) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page of " + limit + " posts is not in [1, " + LIMIT_MAX + "]");
        }
        List<Post> posts = new ArrayList<>();
        try (Cursor cursor = store.cursor(range)) {
            for (cursor.seekToFirst(); cursor.isValid() && posts.size() < limit; cursor.next()) {
                posts.add(Post.of(cursor.key(), cursor.value()));
            }
        }
        return new FeedPage(
                posts, posts.size() == limit ? Optional.of(tokenAfter(posts, filter)) : Optional.empty());
    }
}
