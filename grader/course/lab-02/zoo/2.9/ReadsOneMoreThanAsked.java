// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: accepted
// because: it reads one post more than the page has room for, and drops it
public final class Feed {
    private FeedPage page(FeedFilter filter, KeyRange range, int limit) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("the limit " + limit + " is not in [1, 1000]");
        }
        List<Post> posts = new ArrayList<>();
        try (Cursor cursor = store.cursor(range)) {
            for (cursor.seek(range.from()); cursor.isValid() && posts.size() <= limit; cursor.next()) {
                posts.add(Post.of(cursor.key(), cursor.value()));
            }
        }
        if (posts.size() <= limit) {
            return new FeedPage(posts, Optional.empty());
        }
        List<Post> shown = posts.subList(0, limit);
        return new FeedPage(shown, Optional.of(tokenAfter(shown, filter)));
    }
}
