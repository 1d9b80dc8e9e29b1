// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: each partition gives its part of the page, as if the newest posts were spread evenly

import java.util.Comparator;

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
                for (int i = 0; i < limit / partitions + 1 && cursor.isValid(); i++) {
                    posts.add(Post.of(cursor.key().subSlice(1, cursor.key().length()), cursor.value()));
                    cursor.next();
                }
            }
        }
        posts.sort(Comparator.comparing(Post::key));
        return posts.subList(0, Math.min(limit, posts.size()));
    }
}
