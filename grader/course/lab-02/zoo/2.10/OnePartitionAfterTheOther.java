// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: the posts of the partitions follow each other unmerged
public final class PartitionedFeed {
    private List<Post> gather(long userId, Slice from, int limit) {
        if (limit < 1 || limit > Feed.LIMIT_MAX) {
            throw new IllegalArgumentException(limit + " posts are not in [1, " + Feed.LIMIT_MAX + "]");
        }
        List<Post> posts = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Slice all = inPartition(partition, PostKeys.prefix(userId));
            KeyRange range = new KeyRange(
                    inPartition(partition, from), KeyRange.prefix(all).to());
            try (Cursor cursor = store.cursor(range)) {
                cursor.seekToFirst();
                while (cursor.isValid() && posts.size() < limit) {
                    posts.add(Post.of(cursor.key().subSlice(1, cursor.key().length()), cursor.value()));
                    cursor.next();
                }
            }
        }
        return posts;
    }
}
