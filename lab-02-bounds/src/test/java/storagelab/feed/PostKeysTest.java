package storagelab.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The keys of posts, which are given. */
class PostKeysTest {
    @Test
    @DisplayName("a key has the bytes of the page of the format, and tells the post again")
    void golden() {
        Post post = new Post(12_345, 1_700_000_000_000L, 7, "hello");
        assertThat(
                FeedSamples.hex(post.key().toByteArray()),
                is(FeedSamples.POST_KEY.replaceAll("\\s+", " ").trim()));
        assertThat(Post.of(post.key(), post.value()), is(post));
    }

    @Test
    @DisplayName("a later post has the smaller key, of one time the greater id, and users do not mix")
    void order() {
        assertThat(PostKeys.key(1, 2000, 0), lessThan(PostKeys.key(1, 1999, Long.MAX_VALUE)));
        assertThat(PostKeys.key(1, 2000, 8), lessThan(PostKeys.key(1, 2000, 7)));
        assertThat(PostKeys.key(1, 0, 0), lessThan(PostKeys.key(2, Long.MAX_VALUE - 1, Long.MAX_VALUE)));
        assertThat(PostKeys.prefix(1, 2000), lessThan(PostKeys.key(1, 2000, Long.MAX_VALUE)));
        assertThat(PostKeys.key(1, 2001, 0), lessThan(PostKeys.prefix(1, 2000)));
        assertThat(PostKeys.prefix(1), lessThan(PostKeys.key(1, Long.MAX_VALUE - 1, Long.MAX_VALUE)));
    }

    @Test
    @DisplayName("numbers outside the limits, and keys of another length, are errors")
    void errors() {
        assertThrows(IllegalArgumentException.class, () -> PostKeys.key(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> PostKeys.key(0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> PostKeys.key(0, Long.MAX_VALUE, 0));
        assertThrows(IllegalArgumentException.class, () -> PostKeys.key(0, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> PostKeys.userId(PostKeys.prefix(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> new FeedFilter(1, 5, 5));
    }
}
