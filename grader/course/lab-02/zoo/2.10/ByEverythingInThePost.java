// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: the text is in the hash, and who has only the key does not find the post
public final class PartitionedFeed {
    public int partitionOf(Post post) {
        return Math.floorMod(post.hashCode(), partitions);
    }
}
