// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: all posts of the celebrity are in one partition again
public final class PartitionedFeed {
    public int partitionOf(Post post) {
        return (int) (post.userId() % partitions);
    }
}
