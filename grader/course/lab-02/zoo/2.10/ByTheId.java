// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: most posts are the only ones of their millisecond, and have id 0
public final class PartitionedFeed {
    public int partitionOf(Post post) {
        return (int) (post.postId() % partitions);
    }
}
