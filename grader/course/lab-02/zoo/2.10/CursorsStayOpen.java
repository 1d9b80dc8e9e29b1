// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: the cursors are closed at the end, which an exception does not reach
public final class PartitionedFeed {
    private List<Post> gather(long userId, Slice from, int limit) {
        if (limit < 1 || limit > Feed.LIMIT_MAX) {
            throw new IllegalArgumentException(limit + " posts are not in [1, " + Feed.LIMIT_MAX + "]");
        }
        List<Post> posts = new ArrayList<>();
        Heads heads = new Heads();
        for (int partition = 0; partition < partitions; partition++) {
            Slice all = inPartition(partition, PostKeys.prefix(userId));
            KeyRange range = new KeyRange(
                    inPartition(partition, from), KeyRange.prefix(all).to());
            heads.open(store.cursor(range));
        }
        while (heads.hasPost() && posts.size() < limit) {
            posts.add(heads.newest());
            heads.step();
        }
        heads.close();
        return posts;
    }
}
