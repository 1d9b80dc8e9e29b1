package storagelab.feed.toy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.course.Toy;
import storagelab.feed.Post;
import storagelab.feed.PostKeys;

/**
 * A feed in a store that knows only get: the posts of a reader are numbered, and under his own key is how many there are.
 * A post is two puts, and a page a get for each of its posts.
 *
 * <p>Format: under the reader's 8 bytes the count, 8 bytes; under these and the number of the post, 8 bytes, the post's key
 * of {@link PostKeys} and its text.
 */
@Toy("a search of the store for each post of a page; two writers overwrite each other's post; no deletions")
public final class GetsFeed {
    private final KeyValueStore store;

    /** The feeds in {@code store}; the store stays the caller's. */
    public GetsFeed(KeyValueStore store) {
        this.store = store;
    }

    /** Puts {@code post} in front of the feed of {@code reader}. */
    public void publish(long reader, Post post) {
        long count = count(reader);
        WriteBatch batch = new WriteBatch()
                .put(numbered(reader, count), valueOf(post))
                .put(
                        PostKeys.prefix(reader),
                        Slice.wrap(ByteBuffer.allocate(Long.BYTES)
                                .putLong(count + 1)
                                .array()));
        store.write(batch, Durability.BUFFERED);
    }

    /** The newest posts in the feed of {@code reader}, at most {@code limit}. */
    public List<Post> newest(long reader, int limit) {
        List<Post> posts = new ArrayList<>();
        for (long number = count(reader) - 1; number >= 0 && posts.size() < limit; number--) {
            Slice value = store.get(numbered(reader, number)).orElseThrow();
            posts.add(Post.of(value.subSlice(0, PostKeys.BYTES), value.subSlice(PostKeys.BYTES, value.length())));
        }
        return posts;
    }

    private long count(long reader) {
        return store.get(PostKeys.prefix(reader))
                .map(bytes -> bytes.asByteBuffer().getLong())
                .orElse(0L);
    }

    private static Slice numbered(long reader, long number) {
        return Slice.wrap(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(reader)
                .putLong(number)
                .array());
    }

    private static Slice valueOf(Post post) {
        Slice text = post.value();
        byte[] value = new byte[PostKeys.BYTES + text.length()];
        post.key().copyTo(value, 0);
        text.copyTo(value, PostKeys.BYTES);
        return Slice.wrap(value);
    }
}
