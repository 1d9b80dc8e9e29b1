// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: each cursor has a whole partition, all users in it, and is positioned by a seek
public final class PartitionedFeed {
    private List<Post> gather(long userId, Slice from, int limit) {
        if (limit < 1 || limit > Feed.LIMIT_MAX) {
            throw new IllegalArgumentException(limit + " posts are not in [1, " + Feed.LIMIT_MAX + "]");
        }
        List<Post> posts = new ArrayList<>();
        try (Heads heads = new Heads()) {
            for (int partition = 0; partition < partitions; partition++) {
                Cursor cursor = store.cursor(KeyRange.prefix(Slice.copyOf((byte) partition)));
                heads.open(cursor, inPartition(partition, from));
            }
            while (heads.hasPost() && posts.size() < limit && heads.newest().userId() == userId) {
                posts.add(heads.newest());
                heads.step();
            }
        }
        return posts;
    }

    private static final class Heads implements AutoCloseable {
        void open(Cursor cursor, Slice from) {
            cursors.add(cursor);
            cursor.seek(from);
            offer(cursor);
        }
    }
}
