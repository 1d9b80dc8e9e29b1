// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: accepted
// because: Guava merges sorted iterators with the same heap

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.Iterators;
import com.google.common.collect.Lists;
import java.util.Comparator;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

public final class PartitionedFeed {
    private List<Post> gather(long userId, Slice from, int limit) {
        if (limit < 1 || limit > Feed.LIMIT_MAX) {
            throw new IllegalArgumentException(limit + " posts are not in [1, " + Feed.LIMIT_MAX + "]");
        }
        List<Cursor> cursors = new ArrayList<>();
        try {
            List<Iterator<Post>> sources = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                Slice all = inPartition(partition, PostKeys.prefix(userId));
                Cursor cursor = store.cursor(new KeyRange(
                        inPartition(partition, from), KeyRange.prefix(all).to()));
                cursors.add(cursor);
                cursor.seekToFirst();
                sources.add(posts(cursor));
            }
            Iterator<Post> merged = Iterators.mergeSorted(sources, Comparator.comparing(Post::key));
            return Lists.newArrayList(Iterators.limit(merged, limit));
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

    private static Iterator<Post> posts(Cursor cursor) {
        return new AbstractIterator<>() {
            private boolean begun;

            @Override
            protected @Nullable Post computeNext() {
                if (begun) {
                    cursor.next();
                }
                begun = true;
                if (!cursor.isValid()) {
                    return endOfData();
                }
                return Post.of(cursor.key().subSlice(1, cursor.key().length()), cursor.value());
            }
        };
    }
}
