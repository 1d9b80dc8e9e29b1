// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: times that are all multiples of a thousand share few remainders
public final class PartitionedFeed {
    public int partitionOf(Post post) {
        return (int) (post.timestampMillis() % partitions);
    }
}
