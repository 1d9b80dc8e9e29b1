package storagelab.feed.toy;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.course.Toy;
import storagelab.feed.Post;
import storagelab.feed.PostKeys;

/**
 * A feed as one value a reader: every post that he follows, the newest first. A page is one get, and a post is a get and
 * a put of everything there is.
 *
 * <p>Format of the value, for each post: user id, timestamp and post id, fixed64 each · text with its length.
 */
@Toy("reads and writes the whole feed for every post; two writers lose one of their posts")
public final class BlobFeed {
    private static final int POST_BYTES_TYPICAL = 128;

    private final KeyValueStore store;

    /** The feeds in {@code store}; the store stays the caller's. */
    public BlobFeed(KeyValueStore store) {
        this.store = store;
    }

    /** Puts {@code post} in front of the feed of {@code reader}. */
    public void publish(long reader, Post post) {
        Slice before = store.get(PostKeys.prefix(reader)).orElse(Slice.EMPTY);
        store.put(PostKeys.prefix(reader), encode(List.of(post), before));
    }

    /** Makes {@code newestFirst} the feed of {@code reader}, in place of any that he has. */
    public void replace(long reader, List<Post> newestFirst) {
        store.put(PostKeys.prefix(reader), encode(newestFirst, Slice.EMPTY));
    }

    /** The newest posts in the feed of {@code reader}, at most {@code limit}. */
    public List<Post> newest(long reader, int limit) {
        ByteReader bytes = new ByteReader(store.get(PostKeys.prefix(reader)).orElse(Slice.EMPTY));
        List<Post> posts = new ArrayList<>();
        while (bytes.remaining() > 0 && posts.size() < limit) {
            posts.add(new Post(
                    bytes.readFixed64(),
                    bytes.readFixed64(),
                    bytes.readFixed64(),
                    bytes.readLengthPrefixed().toUtf8()));
        }
        return posts;
    }

    private static Slice encode(List<Post> posts, Slice rest) {
        ByteWriter bytes = new ByteWriter(posts.size() * POST_BYTES_TYPICAL + rest.length());
        for (Post post : posts) {
            bytes.putFixed64(post.userId())
                    .putFixed64(post.timestampMillis())
                    .putFixed64(post.postId())
                    .putLengthPrefixed(post.value());
        }
        return bytes.putBytes(rest).toSlice();
    }
}
