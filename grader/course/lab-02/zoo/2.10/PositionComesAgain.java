// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: the next page begins with the last post of the page before
public final class PartitionedFeed {
    public List<Post> olderThan(Post last, int limit) {
        return gather(last.userId(), last.key(), limit);
    }
}
