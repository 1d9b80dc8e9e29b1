// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: the keys are compared as they are in the store, partition first
public final class PartitionedFeed {
    private static final class Heads implements AutoCloseable {
        private void offer(Cursor cursor) {
            if (cursor.isValid()) {
                heads.add(new Head(cursor.key(), cursor));
            }
        }

        Post newest() {
            Head head = heads.element();
            return Post.of(head.key.subSlice(1, head.key.length()), head.cursor.value());
        }
    }
}
