package storagelab.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.feed.PageTokenException.Reason;

/**
 * The posts of users, newest first, a page at a time: "load more". A page is found by the key of the last post before
 * it (<em>keyset pagination</em>), never by how many posts there were: those shift whenever somebody posts or deletes.
 *
 * <p>Invariants, for one walk from the first page to the last:
 *
 * <ol>
 *   <li>the posts come in strictly ascending order of their keys, so none comes twice;
 *   <li>a post that exists from the first call to the last, and is in the filter, is on exactly one page;
 *   <li>each page is a state of the feed at one moment of its call.
 * </ol>
 *
 * <p>Posts that are published, or deleted, during the walk are on a page or not, depending on the moment. A new post that
 * is newer than the position is not: the reader is past it.
 *
 * <p>Errors: {@link PageTokenException} for a token that cannot be continued from. A page that is asked for with a limit
 * outside [1, {@value #LIMIT_MAX}] is an {@link IllegalArgumentException} with the limit in the message.
 *
 * <p>Concurrency: safe for many threads, as the store is.
 */
public final class Feed {
    /** The largest page. */
    public static final int LIMIT_MAX = 1_000;

    private final OrderedStore store;
    private final TokenKeys tokenKeys;

    /** The feed of the posts in {@code store}, which has nothing else in it; the store stays the caller's. */
    public Feed(OrderedStore store, TokenKeys tokenKeys) {
        this.store = store;
        this.tokenKeys = tokenKeys;
    }

    /** Adds {@code post}, in place of one with the same user, time and id. */
    public void publish(Post post) {
        store.put(post.key(), post.value());
    }

    /** Removes {@code post}, if it is there. */
    public void delete(Post post) {
        store.delete(post.key());
    }

    /**
     * The newest posts of {@code filter}, at most {@code limit}. There is a token for the next page exactly if there was
     * a post after the last of this page when the page was made.
     *
     * <p>Example: four posts of user 1, and in brackets their time and id: a (1000, 1), b (1000, 2), c (3000, 1), d
     * (2000, 1). With a limit of 3 the first page is c, d, b and a token that says (1000, 2); the second is a, and no
     * token. If b is deleted in between, the second page is the same. If e (1500, 1) is published in between, it is
     * on neither.
     *
     * <p>Cost: one cursor, closed again whatever happens, one seek, and at most {@code limit} + 1 steps, however long the
     * feed is and however far down the page.
     *
     * @throws IllegalArgumentException if {@code limit} is outside [1, {@value #LIMIT_MAX}]
     */
    @Exercise(
            id = "2.9",
            title = "Pages of a feed that changes while it is read",
            points = 12,
            difficulty = Difficulty.MEDIUM,
            hours = 3)
    public FeedPage firstPage(FeedFilter filter, int limit) {
        return page(filter, filter.keyRange(), limit);
    }

    /**
     * The page after the one that came with {@code token}: the newest posts of {@code filter}, at most {@code limit}, that
     * are after the token's position. The post at the position may be gone by now; the position is the same. The limit may
     * be another than that of the page before.
     *
     * <p>Cost: as {@link #firstPage}. The range that the cursor is asked for begins at the position, not before it: a
     * store may copy what is in the range. A token that is refused costs no cursor.
     *
     * @throws PageTokenException if {@link PageToken#decode} refuses the token; with {@link Reason#FOREIGN_FILTER} if its
     *     filter is not {@code filter}. Otherwise a token of one's own feed would open everybody's.
     * @throws IllegalArgumentException if {@code limit} is outside [1, {@value #LIMIT_MAX}]
     */
    @ExercisePart("2.9")
    public FeedPage nextPage(FeedFilter filter, String token, int limit) {
        PageToken position = PageToken.decode(token, tokenKeys);
        if (!position.filter().equals(filter)) {
            throw new PageTokenException(Reason.FOREIGN_FILTER);
        }
        Slice last = PostKeys.key(filter.userId(), position.timestampMillis(), position.postId());
        return page(filter, new KeyRange(successor(last), filter.keyRange().to()), limit);
    }

    /** The smallest key that is greater than {@code key}. */
    @Solution
    private static Slice successor(Slice key) {
        byte[] longer = new byte[key.length() + 1];
        key.copyTo(longer, 0);
        return Slice.wrap(longer);
    }

    @Solution
    private FeedPage page(FeedFilter filter, KeyRange range, int limit) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page of " + limit + " posts is not in [1, " + LIMIT_MAX + "]");
        }
        List<Post> posts = new ArrayList<>();
        try (Cursor cursor = store.cursor(range)) {
            cursor.seekToFirst();
            while (cursor.isValid() && posts.size() < limit) {
                posts.add(Post.of(cursor.key(), cursor.value()));
                cursor.next();
            }
            return new FeedPage(posts, cursor.isValid() ? Optional.of(tokenAfter(posts, filter)) : Optional.empty());
        }
    }

    @Solution
    private String tokenAfter(List<Post> posts, FeedFilter filter) {
        Post last = posts.get(posts.size() - 1);
        return new PageToken(filter, last.timestampMillis(), last.postId()).encode(tokenKeys);
    }
}
