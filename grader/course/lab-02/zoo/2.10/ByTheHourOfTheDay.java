// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: the partition follows the clock, and one of them has all posts of the hour
public final class PartitionedFeed {
    public int partitionOf(Post post) {
        return (int) (post.timestampMillis() / 3_600_000 % partitions);
    }
}
