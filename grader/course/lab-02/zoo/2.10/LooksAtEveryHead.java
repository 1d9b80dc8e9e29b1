// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: accepted
// because: without a heap, the newest of p heads is found by looking at all of them

import java.util.Comparator;
import java.util.Optional;

import java.util.Iterator;

public final class PartitionedFeed {
    private List<Post> gather(long userId, Slice from, int limit) {
        if (limit < 1 || limit > Feed.LIMIT_MAX) {
            throw new IllegalArgumentException(limit + " posts are not in [1, " + Feed.LIMIT_MAX + "]");
        }
        List<Cursor> cursors = new ArrayList<>();
        try {
            for (int partition = 0; partition < partitions; partition++) {
                Slice all = inPartition(partition, PostKeys.prefix(userId));
                Cursor cursor = store.cursor(new KeyRange(
                        inPartition(partition, from), KeyRange.prefix(all).to()));
                cursors.add(cursor);
                cursor.seekToFirst();
            }
            List<Post> posts = new ArrayList<>();
            Optional<Cursor> newest = newest(cursors);
            while (newest.isPresent() && posts.size() < limit) {
                Cursor cursor = newest.get();
                posts.add(Post.of(cursor.key().subSlice(1, cursor.key().length()), cursor.value()));
                cursor.next();
                newest = newest(cursors);
            }
            return posts;
        } finally {
            closeAll(cursors.iterator());
        }
    }

    private static void closeAll(Iterator<Cursor> cursors) {
        if (cursors.hasNext()) {
            try (Cursor cursor = cursors.next()) {
                closeAll(cursors);
            }
        }
    }

    private static Optional<Cursor> newest(List<Cursor> cursors) {
        return cursors.stream()
                .filter(Cursor::isValid)
                .min(Comparator.comparing(cursor -> cursor.key().subSlice(1, cursor.key().length())));
    }
}
