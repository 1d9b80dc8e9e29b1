// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: accepted
// because: a CRC spreads keys well enough, and the remainder by the number of partitions is as good as an arc

import java.util.zip.CRC32C;

public final class PartitionedFeed {
    public int partitionOf(Post post) {
        CRC32C checksum = new CRC32C();
        checksum.update(post.key().asByteBuffer());
        return (int) (checksum.getValue() % partitions);
    }
}
