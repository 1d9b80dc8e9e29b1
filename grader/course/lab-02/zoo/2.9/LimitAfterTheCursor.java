// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: the limit is looked at when the cursor has been opened, which stays open
public final class Feed {
    private FeedPage page(FeedFilter filter, KeyRange range, int limit) {
        List<Post> posts = new ArrayList<>();
        Cursor opened = store.cursor(range);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page of " + limit + " posts is not in [1, " + LIMIT_MAX + "]");
        }
        try (Cursor cursor = opened) {
            cursor.seekToFirst();
            while (cursor.isValid() && posts.size() < limit) {
                posts.add(Post.of(cursor.key(), cursor.value()));
                cursor.next();
            }
            return new FeedPage(posts, cursor.isValid() ? Optional.of(tokenAfter(posts, filter)) : Optional.empty());
        }
    }
}
