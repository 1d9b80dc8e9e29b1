// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: the partitions take turns: perfectly even, and nobody finds a post again

import java.util.concurrent.atomic.AtomicInteger;

public final class PartitionedFeed {
    private final AtomicInteger turn = new AtomicInteger();

    public int partitionOf(Post post) {
        return Math.floorMod(turn.getAndIncrement(), partitions);
    }
}
