package storagelab.feed;

import storagelab.api.Slice;

/**
 * What a user published at a moment. In a store its key is made by {@link PostKeys}, its value is the text.
 *
 * @param userId who published it; not negative
 * @param timestampMillis when, in milliseconds since 1970; neither negative nor {@link Long#MAX_VALUE}
 * @param postId which of the posts of that millisecond; not negative
 * @param text what it says
 */
public record Post(long userId, long timestampMillis, long postId, String text) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is outside its limits
     */
    public Post {
        PostKeys.check(userId, timestampMillis, postId);
    }

    /**
     * The post that a store holds under {@code key} with the value {@code value}.
     *
     * @throws IllegalArgumentException if {@code key} is not one of {@link PostKeys}
     */
    public static Post of(Slice key, Slice value) {
        return new Post(PostKeys.userId(key), PostKeys.timestampMillis(key), PostKeys.postId(key), value.toUtf8());
    }

    /** Its key in a store. */
    public Slice key() {
        return PostKeys.key(userId, timestampMillis, postId);
    }

    /** Its value in a store: the text as UTF-8. */
    public Slice value() {
        return Slice.utf8(text);
    }
}
