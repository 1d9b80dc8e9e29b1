// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: what is left of the last millisecond of a page is skipped
public final class PartitionedFeed {
    public List<Post> olderThan(Post last, int limit) {
        if (last.timestampMillis() == 0) {
            return List.of();
        }
        return gather(last.userId(), PostKeys.prefix(last.userId(), last.timestampMillis() - 1), limit);
    }
}
