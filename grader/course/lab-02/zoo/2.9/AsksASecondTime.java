// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: whether more follows is asked of a second cursor, which sees a later state than the page
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
        if (posts.isEmpty()) {
            return new FeedPage(posts, Optional.empty());
        }
        Slice after = successor(posts.get(posts.size() - 1).key());
        try (Cursor cursor = store.cursor(new KeyRange(after, filter.keyRange().to()))) {
            cursor.seekToFirst();
            return new FeedPage(posts, cursor.isValid() ? Optional.of(tokenAfter(posts, filter)) : Optional.empty());
        }
    }
}
