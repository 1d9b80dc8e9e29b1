package storagelab.feed.toy;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.course.Toy;
import storagelab.feed.Post;
import storagelab.feed.PostKeys;

/**
 * A feed whose pages are counted off: page three of twenty posts is what comes after the first forty. Which forty these
 * are is another question each time somebody has posted or deleted in between; and to get to page a thousand, it walks
 * past all that are before it.
 */
@Toy("repeats and skips posts when others post and delete; walks past everything before the page")
public final class OffsetFeed {
    private final OrderedStore store;

    /** The feed of the posts in {@code store}, as {@link storagelab.feed.Feed} keeps them. */
    public OffsetFeed(OrderedStore store) {
        this.store = store;
    }

    /** The posts of {@code userId} after the newest {@code offset} of them, at most {@code limit}. */
    public List<Post> page(long userId, int offset, int limit) {
        List<Post> posts = new ArrayList<>();
        try (Cursor cursor = store.cursor(KeyRange.prefix(PostKeys.prefix(userId)))) {
            cursor.seekToFirst();
            for (int i = 0; i < offset && cursor.isValid(); i++) {
                cursor.next();
            }
            for (; cursor.isValid() && posts.size() < limit; cursor.next()) {
                posts.add(Post.of(cursor.key(), cursor.value()));
            }
        }
        return posts;
    }
}
