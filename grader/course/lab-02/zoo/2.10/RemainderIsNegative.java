// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: half of all hashes are negative, and so are their remainders
public final class PartitionedFeed {
    public int partitionOf(Post post) {
        int hash = Hashing.murmur3_32_fixed().hashBytes(post.key().toByteArray()).asInt();
        return hash % partitions;
    }
}
