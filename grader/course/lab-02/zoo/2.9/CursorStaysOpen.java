// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: the cursor is closed at the end of the page, but not when the store fails in the middle of it
public final class Feed {
    private FeedPage page(FeedFilter filter, KeyRange range, int limit) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page of " + limit + " posts is not in [1, " + LIMIT_MAX + "]");
        }
        List<Post> posts = new ArrayList<>();
        Cursor cursor = store.cursor(range);
        for (cursor.seekToFirst(); cursor.isValid() && posts.size() < limit; cursor.next()) {
            posts.add(Post.of(cursor.key(), cursor.value()));
        }
        boolean more = cursor.isValid();
        cursor.close();
        return new FeedPage(posts, more ? Optional.of(tokenAfter(posts, filter)) : Optional.empty());
    }
}
