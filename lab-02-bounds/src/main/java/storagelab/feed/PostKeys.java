package storagelab.feed;

import java.nio.ByteBuffer;
import storagelab.api.Slice;

/**
 * The keys of posts: 24 bytes whose order is the order of the feed. The posts of a user lie side by side, the newest
 * first, and of those of one millisecond the one with the greatest id first.
 *
 * <p>Format, all three integers with the highest byte first, because that is how bytes are compared:
 *
 * <table>
 * <caption>A key</caption>
 * <tr><th>offset</th><th>size</th><th>field</th></tr>
 * <tr><td>0</td><td>8</td><td>user id</td></tr>
 * <tr><td>8</td><td>8</td><td>{@code Long.MAX_VALUE} − timestamp in milliseconds: the later, the smaller</td></tr>
 * <tr><td>16</td><td>8</td><td>{@code Long.MAX_VALUE} − post id</td></tr>
 * </table>
 *
 * <p>Example: post 7 of user 12345 at 1,700,000,000,000 ms (14 November 2023) has the key
 *
 * <pre>
 * 00 00 00 00 00 00 30 39 · 7f ff fe 74 30 1a 97 ff · 7f ff ff ff ff ff ff f8
 * </pre>
 *
 * A millisecond later the second part is {@code 7f ff fe 74 30 1a 97 fe}, which is less.
 */
public final class PostKeys {
    /** Size of a key. */
    public static final int BYTES = 24;

    private static final int TIMESTAMP_OFFSET = 8;
    private static final int POST_ID_OFFSET = 16;

    private PostKeys() {}

    /**
     * The key of a post.
     *
     * @throws IllegalArgumentException if a number is outside the limits of {@link Post}
     */
    public static Slice key(long userId, long timestampMillis, long postId) {
        check(userId, timestampMillis, postId);
        return Slice.wrap(ByteBuffer.allocate(BYTES)
                .putLong(userId)
                .putLong(Long.MAX_VALUE - timestampMillis)
                .putLong(Long.MAX_VALUE - postId)
                .array());
    }

    /** What the keys of all posts of {@code userId} begin with: 8 bytes. */
    public static Slice prefix(long userId) {
        check(userId, 0, 0);
        return Slice.wrap(ByteBuffer.allocate(TIMESTAMP_OFFSET).putLong(userId).array());
    }

    /**
     * What the keys of all posts of {@code userId} at {@code timestampMillis} begin with: 16 bytes. It is greater than
     * the key of every later post of that user, and less than that of every post at that time or earlier.
     */
    public static Slice prefix(long userId, long timestampMillis) {
        return key(userId, timestampMillis, 0).subSlice(0, POST_ID_OFFSET);
    }

    /** The user in {@code key}. */
    public static long userId(Slice key) {
        return fieldAt(key, 0);
    }

    /** The timestamp in {@code key}, in milliseconds. */
    public static long timestampMillis(Slice key) {
        return Long.MAX_VALUE - fieldAt(key, TIMESTAMP_OFFSET);
    }

    /** The post id in {@code key}. */
    public static long postId(Slice key) {
        return Long.MAX_VALUE - fieldAt(key, POST_ID_OFFSET);
    }

    static void check(long userId, long timestampMillis, long postId) {
        if (userId < 0 || timestampMillis < 0 || timestampMillis == Long.MAX_VALUE || postId < 0) {
            throw new IllegalArgumentException(
                    "post " + postId + " of user " + userId + " at " + timestampMillis + " ms");
        }
    }

    private static long fieldAt(Slice key, int offset) {
        if (key.length() != BYTES) {
            throw new IllegalArgumentException("the key of a post has " + BYTES + " bytes, and this is " + key);
        }
        return key.asByteBuffer().getLong(offset);
    }
}
