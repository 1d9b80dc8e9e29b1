package storagelab.feed.toy;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.course.Toy;
import storagelab.feed.Post;
import storagelab.feed.PostKeys;

/** The posts of each user side by side in a store: one seek for a page, and one machine for a celebrity. */
@Toy("keeps all posts of a user in one place, however many want them")
public final class OnePlaceFeed {
    private final OrderedStore store;

    /** The feed of the posts in {@code store}. */
    public OnePlaceFeed(OrderedStore store) {
        this.store = store;
    }

    /** Adds {@code post}. */
    public void publish(Post post) {
        store.put(post.key(), post.value());
    }

    /** The newest posts of a user, at most {@code limit}. */
    public List<Post> newest(long userId, int limit) {
        List<Post> posts = new ArrayList<>();
        try (Cursor cursor = store.cursor(KeyRange.prefix(PostKeys.prefix(userId)))) {
            cursor.seekToFirst();
            while (cursor.isValid() && posts.size() < limit) {
                posts.add(Post.of(cursor.key(), cursor.value()));
                if (posts.size() < limit) {
                    cursor.next();
                }
            }
        }
        return posts;
    }
}
