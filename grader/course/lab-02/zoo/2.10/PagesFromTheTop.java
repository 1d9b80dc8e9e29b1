// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: the next page is found by walking through all the pages before it
public final class PartitionedFeed {
    public List<Post> olderThan(Post last, int limit) {
        List<Post> all = gather(last.userId(), PostKeys.prefix(last.userId()), Feed.LIMIT_MAX);
        List<Post> older = all.stream()
                .filter(post -> post.key().compareTo(last.key()) > 0)
                .limit(limit)
                .toList();
        return older;
    }
}
