package storagelab.grader.hidden.lab02;

import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import storagelab.api.Slice;
import storagelab.feed.Feed;
import storagelab.feed.FeedFilter;
import storagelab.feed.FeedPage;
import storagelab.feed.Post;
import storagelab.feed.TokenKeys;

/** What a feed must hold, kept in a map beside it, and comparisons of pages whose messages say what is wrong with them. */
final class FeedModel {
    private final NavigableMap<Slice, Post> posts = new TreeMap<>();

    /** A secret of 32 bytes that begins with {@code first}. */
    static Slice secret(int first) {
        byte[] secret = new byte[TokenKeys.SECRET_BYTES_MIN];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (first + i);
        }
        return Slice.wrap(secret);
    }

    /** Publishes {@code post} in the model and in {@code feed}. */
    void publish(Feed feed, Post post) {
        feed.publish(post);
        posts.put(post.key(), post);
    }

    /** Deletes {@code post} from the model and from {@code feed}. */
    void delete(Feed feed, Post post) {
        feed.delete(post);
        posts.remove(post.key());
    }

    /** The posts of {@code filter}, newest first. */
    List<Post> all(FeedFilter filter) {
        return matching(posts, filter).toList();
    }

    /** The posts of {@code filter} after {@code position}, newest first. */
    List<Post> after(FeedFilter filter, Slice position) {
        return matching(posts.tailMap(position, false), filter).toList();
    }

    private static Stream<Post> matching(NavigableMap<Slice, Post> posts, FeedFilter filter) {
        return posts.values().stream()
                .filter(post -> post.userId() == filter.userId())
                .filter(post -> post.timestampMillis() >= filter.sinceMillis())
                .filter(post -> post.timestampMillis() < filter.untilMillis());
    }

    /** Fails unless {@code page} has the first {@code limit} of {@code due}, and a token exactly if there are more. */
    static void checkPage(FeedPage page, List<Post> due, int limit, String what) {
        List<Post> expected = due.subList(0, Math.min(limit, due.size()));
        for (int i = 0; i < Math.max(expected.size(), page.posts().size()); i++) {
            String wanted = postAt(expected, i);
            String found = postAt(page.posts(), i);
            if (!Objects.equals(wanted, found)) {
                throw new AssertionError(
                        what + ": post " + i + " of the page should be " + wanted + ", and is " + found);
            }
        }
        if (page.nextToken().isPresent() != due.size() > limit) {
            throw new AssertionError(what + ": after its " + expected.size() + " posts there "
                    + (due.size() > limit
                            ? "are " + (due.size() - limit) + " more, and the page has no token"
                            : "is none, and the page has a token: its reader asks for a page with nothing on it"));
        }
    }

    private static String postAt(List<Post> posts, int index) {
        if (index >= posts.size()) {
            return "none";
        }
        Post post = posts.get(index);
        return "'" + post.text() + "' (user " + post.userId() + ", " + post.timestampMillis() + " ms, id "
                + post.postId() + ")";
    }
}
