package storagelab.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.feed.FeedSamples.texts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.MemoryOrderedStore;
import storagelab.testkit.Seeds;

@Tag("2.10")
class PartitionedFeedTest {
    private final MemoryOrderedStore store = new MemoryOrderedStore();
    private final PartitionedFeed feed = new PartitionedFeed(store, 3);

    private static Post post(long timestampMillis, long postId, String text) {
        return new Post(1, timestampMillis, postId, text);
    }

    @Test
    @DisplayName("the example of the task statement: posts of three partitions, in the order of one feed")
    void example() {
        Post c = post(3000, 1, "c");
        Post d = post(3000, 2, "d");
        for (Post one : List.of(post(1000, 1, "a"), post(2000, 1, "b"), c, d, post(4000, 1, "e"))) {
            feed.publish(one);
        }
        assertThat("the newest 3", texts(feed.newest(1, 3)), contains("e", "d", "c"));
        assertThat("the newest 10", texts(feed.newest(1, 10)), contains("e", "d", "c", "b", "a"));
        assertThat("what comes after c", texts(feed.olderThan(c, 3)), contains("b", "a"));
        assertThat("what comes after d", texts(feed.olderThan(d, 3)), contains("c", "b", "a"));
        feed.delete(d);
        assertThat("what comes after d, d gone", texts(feed.olderThan(d, 3)), contains("c", "b", "a"));
        assertThat("the newest 3, d gone", texts(feed.newest(1, 3)), contains("e", "c", "b"));
    }

    @Test
    @DisplayName("a key in the store is the partition, one byte, and the key of the post")
    void keys() {
        PartitionedFeed wide = new PartitionedFeed(store, PartitionedFeed.PARTITIONS_MAX);
        for (int id = 0; id < 100; id++) {
            Post one = new Post(12345, 1_700_000_000_000L, id, "post " + id);
            wide.publish(one);
            byte[] key = new byte[1 + PostKeys.BYTES];
            key[0] = (byte) wide.partitionOf(one);
            one.key().copyTo(key, 1);
            assertThat("post " + id, store.get(Slice.wrap(key)), is(Optional.of(one.value())));
        }
    }

    @Test
    @DisplayName("users do not see each other's posts, and a user without posts sees none")
    void users() {
        for (long user : new long[] {0, 1, 255, 256, Long.MAX_VALUE}) {
            feed.publish(new Post(user, 1000, 1, "of " + user));
        }
        for (long user : new long[] {0, 1, 255, 256, Long.MAX_VALUE}) {
            assertThat("posts of " + user, texts(feed.newest(user, 10)), contains("of " + user));
        }
        assertThat("posts of 2", feed.newest(2, 10), is(empty()));
    }

    @Test
    @DisplayName("a post is found again by another object, and by who has only its key")
    void replaceAndDelete() {
        feed.publish(post(1000, 1, "draft"));
        PartitionedFeed other = new PartitionedFeed(store, 3);
        other.publish(post(1000, 1, "final"));
        assertThat(texts(feed.newest(1, 10)), contains("final"));
        other.delete(post(1000, 1, ""));
        assertThat(feed.newest(1, 10), is(empty()));
    }

    @Test
    @DisplayName("each of 16 partitions has its part within 20 %: posts each millisecond, each second, and all at once")
    void load() {
        checkLoad("a post each millisecond", i -> new Post(7, 1_700_000_000_000L + i, 0, ""));
        checkLoad("a post each second", i -> new Post(7, 1_700_000_000_000L + 1000L * i, 0, ""));
        checkLoad("ids from 0, in one millisecond", i -> new Post(7, 1_700_000_000_000L, i, ""));
    }

    private static void checkLoad(String rhythm, IntFunction<Post> posts) {
        int partitions = 16;
        PartitionedFeed hot = new PartitionedFeed(new MemoryOrderedStore(), partitions);
        int[] load = new int[partitions];
        for (int i = 0; i < 20_000; i++) {
            int partition = hot.partitionOf(posts.apply(i));
            assertThat("partition of post " + i, partition, allOf(greaterThanOrEqualTo(0), lessThan(partitions)));
            load[partition]++;
        }
        for (int partition = 0; partition < partitions; partition++) {
            assertThat(
                    rhythm + ": posts in partition " + partition + " of 20,000 in 16",
                    load[partition],
                    allOf(greaterThanOrEqualTo(1000), lessThanOrEqualTo(1500)));
        }
    }

    @Test
    @DisplayName("page after page, random posts come as from a feed without partitions")
    void asIfUnsplit() {
        Seeds.check(50, random -> {
            TreeMap<Slice, Post> unsplit = new TreeMap<>();
            PartitionedFeed split = new PartitionedFeed(new MemoryOrderedStore(), 1 + random.nextInt(20));
            for (int i = 0; i < 60; i++) {
                Post one = post(1000 + random.nextInt(10), random.nextInt(10), "post " + i);
                split.publish(one);
                unsplit.put(one.key(), one);
            }
            Collection<Post> expected = unsplit.values();
            List<Post> seen = new ArrayList<>(split.newest(1, 1 + random.nextInt(10)));
            List<Post> page = seen;
            while (!page.isEmpty()) {
                page = split.olderThan(seen.get(seen.size() - 1), 1 + random.nextInt(10));
                seen.addAll(page);
            }
            assertThat("the posts of all pages", texts(seen), is(texts(new ArrayList<>(expected))));
        });
    }

    @Test
    @DisplayName("a page has at least one post and at most a thousand")
    void limits() {
        feed.publish(post(1000, 1, "one"));
        for (int limit : new int[] {Integer.MIN_VALUE, 0, 1001, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> feed.newest(1, limit), "limit " + limit);
        }
        assertThat("a page of 1000", texts(feed.newest(1, 1000)), contains("one"));
    }
}
