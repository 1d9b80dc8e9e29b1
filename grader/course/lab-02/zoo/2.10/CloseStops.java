// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: a cursor that cannot be closed leaves the rest open
public final class PartitionedFeed {
    private static final class Heads implements AutoCloseable {
        private final List<Cursor> cursors = new ArrayList<>();
        private final PriorityQueue<Head> heads = new PriorityQueue<>();

        void open(Cursor cursor) {
            cursors.add(cursor);
            cursor.seekToFirst();
            offer(cursor);
        }

        boolean hasPost() {
            return !heads.isEmpty();
        }

        Post newest() {
            Head head = heads.element();
            return Post.of(head.key, head.cursor.value());
        }

        void step() {
            Cursor cursor = heads.remove().cursor;
            cursor.next();
            offer(cursor);
        }

        private void offer(Cursor cursor) {
            if (cursor.isValid()) {
                Slice salted = cursor.key();
                heads.add(new Head(salted.subSlice(1, salted.length()), cursor));
            }
        }

        @Override
        public void close() {
            cursors.forEach(Cursor::close);
        }
    }
}
