// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: a page of no posts, or of a million, is served
public final class PartitionedFeed {
    private List<Post> gather(long userId, Slice from, int limit) {
        List<Post> posts = new ArrayList<>();
        try (Heads heads = new Heads()) {
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
        }
        return posts;
    }
}
