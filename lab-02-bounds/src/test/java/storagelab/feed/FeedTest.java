package storagelab.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.feed.FeedSamples.refuses;
import static storagelab.feed.FeedSamples.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.feed.PageTokenException.Reason;
import storagelab.testkit.MemoryOrderedStore;
import storagelab.testkit.Seeds;

/** Exercise 2.9, the half that is pages: what is on which, while posts come and go. */
@Tag("2.9")
class FeedTest {
    private static final FeedFilter EVERYTHING = FeedFilter.everything(1);

    private final MemoryOrderedStore store = new MemoryOrderedStore();
    private final Feed feed = new Feed(store, TokenKeys.of(5, FeedSamples.countingSecret(0)));

    private Post publish(long timestampMillis, long postId, String text) {
        Post post = new Post(1, timestampMillis, postId, text);
        feed.publish(post);
        return post;
    }

    @Test
    @DisplayName("the example of the task: three posts, then one, whatever happens in between")
    void example() {
        publish(1000, 1, "a");
        Post b = publish(1000, 2, "b");
        publish(3000, 1, "c");
        publish(2000, 1, "d");
        FeedPage first = feed.firstPage(EVERYTHING, 3);
        assertThat("the first page", texts(first.posts()), contains("c", "d", "b"));
        String token = first.nextToken().orElseThrow();
        assertThat("the second page", feed.nextPage(EVERYTHING, token, 3), is(lastPageOf("a")));
        feed.delete(b);
        assertThat("the second page, b gone", feed.nextPage(EVERYTHING, token, 3), is(lastPageOf("a")));
        publish(1500, 1, "e");
        assertThat("the second page, e come", feed.nextPage(EVERYTHING, token, 3), is(lastPageOf("a")));
    }

    private static FeedPage lastPageOf(String text) {
        return new FeedPage(List.of(new Post(1, 1000, 1, text)), Optional.empty());
    }

    @Test
    @DisplayName("the range of a filter begins at the last millisecond in it and ends at the last before it")
    void keyRange() {
        assertThat(
                "times [1000, 2000) of user 1",
                new FeedFilter(1, 1000, 2000).keyRange(),
                is(KeyRange.of(PostKeys.prefix(1, 1999), PostKeys.prefix(1, 999))));
        KeyRange all = EVERYTHING.keyRange();
        assertThat("the first post of 1970", all.contains(PostKeys.key(1, 0, 0)), is(true));
        assertThat(
                "the last there can be", all.contains(PostKeys.key(1, Long.MAX_VALUE - 1, Long.MAX_VALUE)), is(true));
        assertThat("a post of user 2", all.contains(PostKeys.key(2, Long.MAX_VALUE - 1, Long.MAX_VALUE)), is(false));
        assertThat("a post of user 0", all.contains(PostKeys.key(0, 0, 0)), is(false));
    }

    @Test
    @DisplayName("the last page has no token, and an empty feed has an empty last page")
    void lastPage() {
        assertThat("an empty feed", feed.firstPage(EVERYTHING, 3), is(new FeedPage(List.of(), Optional.empty())));
        for (int i = 1; i <= 6; i++) {
            publish(i, i, "post " + i);
        }
        FeedPage first = feed.firstPage(EVERYTHING, 3);
        FeedPage second = feed.nextPage(EVERYTHING, first.nextToken().orElseThrow(), 3);
        assertThat("the second three of six", texts(second.posts()), contains("post 3", "post 2", "post 1"));
        assertThat("a token when there is nothing more", second.nextToken(), is(Optional.empty()));
    }

    @Test
    @DisplayName("a token opens the feed and the filter that it was made for, and no other")
    void foreignToken() {
        for (long user = 1; user <= 2; user++) {
            for (int i = 1; i <= 3; i++) {
                feed.publish(new Post(user, 1000 + i, i, "post " + i));
            }
        }
        String token = feed.firstPage(EVERYTHING, 1).nextToken().orElseThrow();
        for (FeedFilter other : List.of(FeedFilter.everything(2), FeedFilter.since(1, 1000))) {
            assertThat(other + "", () -> feed.nextPage(other, token, 1), refuses(Reason.FOREIGN_FILTER));
        }
    }

    @Test
    @DisplayName("a page has at least one post and at most a thousand")
    void limits() {
        publish(1, 1, "one");
        for (int limit : new int[] {Integer.MIN_VALUE, 0, 1001, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> feed.firstPage(EVERYTHING, limit), "limit " + limit);
        }
        assertThat("a page of 1000", texts(feed.firstPage(EVERYTHING, 1000).posts()), contains("one"));
    }

    @Test
    @DisplayName("posts come and go between pages: none twice, none skipped that was there throughout")
    void walksOfAChangingFeed() {
        Seeds.check(200, random -> {
            TreeMap<Slice, Post> stays = new TreeMap<>();
            MemoryOrderedStore changing = new MemoryOrderedStore();
            Feed walked = new Feed(changing, TokenKeys.of(1, FeedSamples.countingSecret(0)));
            for (int i = 0; i < 40; i++) {
                Post post = new Post(1, 1000 + random.nextInt(10), 2L * i, "stays " + i);
                stays.put(post.key(), post);
                walked.publish(post);
            }
            List<Post> seen = new ArrayList<>();
            FeedPage page = walked.firstPage(EVERYTHING, 1 + random.nextInt(5));
            seen.addAll(page.posts());
            while (page.nextToken().isPresent()) {
                for (int change = random.nextInt(4); change > 0; change--) {
                    Post guest = new Post(1, 1000 + random.nextInt(10), 2 * random.nextInt(40) + 1, "guest");
                    if (random.nextBoolean()) {
                        walked.publish(guest);
                    } else {
                        walked.delete(guest);
                    }
                }
                page = walked.nextPage(EVERYTHING, page.nextToken().get(), 1 + random.nextInt(5));
                seen.addAll(page.posts());
            }
            List<Slice> keys = seen.stream().map(Post::key).toList();
            assertThat(
                    "the keys that were seen, in order",
                    keys,
                    is(keys.stream().sorted().distinct().toList()));
            seen.removeIf(post -> post.text().equals("guest"));
            assertThat("the posts that stayed", texts(seen), is(texts(new ArrayList<>(stays.values()))));
        });
    }
}
