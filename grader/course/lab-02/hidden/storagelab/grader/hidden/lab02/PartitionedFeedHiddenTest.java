package storagelab.grader.hidden.lab02;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.testkit.StoreMatchers.atMost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.feed.PartitionedFeed;
import storagelab.feed.Post;
import storagelab.feed.PostKeys;
import storagelab.testkit.Seeds;

/** Exercise 2.10: where posts go, and in which order they come back. */
@Tag("2.10")
class PartitionedFeedHiddenTest {
    private static final long NOW = 1_700_000_000_000L;

    private final WatchedOrderedStore store = new WatchedOrderedStore();

    private static List<String> shown(List<Post> posts) {
        return posts.stream()
                .map(post -> "(" + post.timestampMillis() + ", " + post.postId() + ") " + post.text())
                .toList();
    }

    private static Slice storeKey(int partition, Slice postKey) {
        byte[] key = new byte[1 + postKey.length()];
        key[0] = (byte) partition;
        postKey.copyTo(key, 1);
        return Slice.wrap(key);
    }

    @Test
    @DisplayName(
            "page after page, the posts of each user come as from one map, whatever was published, replaced and deleted")
    void asIfUnsplit() {
        int[] partitionCounts = {1, 2, 3, 16, 255, PartitionedFeed.PARTITIONS_MAX};
        Seeds.check(60, random -> {
            int partitions = partitionCounts[random.nextInt(partitionCounts.length)];
            PartitionedFeed feed = new PartitionedFeed(new WatchedOrderedStore(), partitions);
            TreeMap<Slice, Post> unsplit = new TreeMap<>();
            for (int i = 0; i < 150; i++) {
                Post post = new Post(random.nextInt(2), 1000 + random.nextInt(8), random.nextInt(8), "post " + i);
                if (random.nextInt(4) == 0) {
                    feed.delete(post);
                    unsplit.remove(post.key());
                } else {
                    feed.publish(post);
                    unsplit.put(post.key(), post);
                }
            }
            for (long user = 0; user <= 2; user++) {
                long ofUser = user;
                List<Post> expected = unsplit.values().stream()
                        .filter(post -> post.userId() == ofUser)
                        .toList();
                assertEquals(
                        shown(expected),
                        shown(pages(feed, user, random)),
                        "the posts of user " + user + " in " + partitions + " partitions, a page at a time");
            }
        });
    }

    private static List<Post> pages(PartitionedFeed feed, long user, Random random) {
        List<Post> seen = new ArrayList<>(limited(feed.newest(user, 3), 3));
        while (!seen.isEmpty()) {
            int limit = 1 + random.nextInt(12);
            List<Post> page = limited(feed.olderThan(seen.get(seen.size() - 1), limit), limit);
            if (page.isEmpty()) {
                break;
            }
            seen.addAll(page);
            assertThat("posts on the pages so far, are there more than were published?", seen.size(), lessThan(1000));
        }
        return seen;
    }

    private static List<Post> limited(List<Post> page, int limit) {
        assertThat("posts on a page with a limit of " + limit, page.size(), lessThanOrEqualTo(limit));
        return page;
    }

    @Test
    @DisplayName("a post is under one byte with its partition and its own key, and nothing else is in the store")
    void keys() {
        for (int partitions : new int[] {1, 2, 10, 128, 129, PartitionedFeed.PARTITIONS_MAX}) {
            WatchedOrderedStore fresh = new WatchedOrderedStore();
            PartitionedFeed feed = new PartitionedFeed(fresh, partitions);
            for (int id = 0; id < 500; id++) {
                Post post = new Post(12345, NOW, id, "post " + id);
                feed.publish(post);
                int partition = feed.partitionOf(post);
                assertThat(
                        "the partition of post " + id, partition, allOf(greaterThanOrEqualTo(0), lessThan(partitions)));
                assertThat(
                        "what is in the store for post " + id + " in partition " + partition + " of " + partitions,
                        fresh.get(storeKey(partition, post.key())),
                        is(Optional.of(post.value())));
            }
            assertThat("entries in the store", entries(fresh), is(500));
        }
    }

    private static int entries(WatchedOrderedStore store) {
        int entries = 0;
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries++;
            }
        }
        return entries;
    }

    @Test
    @DisplayName("each of 16 partitions has its part within 20 %, in whatever rhythm posts come")
    void load() {
        checkLoad("a post each millisecond", i -> new Post(7, NOW + i, 0, ""));
        checkLoad("a post each second", i -> new Post(7, NOW + 1000L * i, 0, ""));
        checkLoad("ids by ones, in one millisecond", i -> new Post(7, NOW, i, ""));
        checkLoad("ids by sixteens, in one millisecond", i -> new Post(7, NOW, 16L * i, ""));
        checkLoad("ten posts a second", i -> new Post(7, NOW + 1000L * (i / 10), i % 10, ""));
        checkLoad("a post each minute of another user", i -> new Post(1L << 40, 60_000L * i, 0, ""));
    }

    private static void checkLoad(String rhythm, IntFunction<Post> posts) {
        int partitions = 16;
        WatchedOrderedStore fresh = new WatchedOrderedStore();
        PartitionedFeed feed = new PartitionedFeed(fresh, partitions);
        for (int i = 0; i < 20_000; i++) {
            feed.publish(posts.apply(i));
        }
        int[] load = new int[PartitionedFeed.PARTITIONS_MAX];
        try (Cursor cursor = fresh.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                load[Byte.toUnsignedInt(cursor.key().byteAt(0))]++;
            }
        }
        for (int partition = 0; partition < partitions; partition++) {
            assertThat(
                    rhythm + ": posts in partition " + partition + " of 20,000 in 16",
                    load[partition],
                    allOf(greaterThanOrEqualTo(1000), lessThanOrEqualTo(1500)));
        }
    }

    @Test
    @DisplayName("a post is replaced and deleted by another feed over the same store, which knows its key only")
    void foundAgain() {
        PartitionedFeed writer = new PartitionedFeed(store, 16);
        PartitionedFeed editor = new PartitionedFeed(store, 16);
        for (int id = 0; id < 200; id++) {
            writer.publish(new Post(1, 1000 + id / 10, id, "draft"));
        }
        for (int id = 199; id >= 0; id--) {
            Post last = new Post(1, 1000 + id / 10, id, "final");
            assertThat(
                    "the partition of post " + id + ", asked of two feeds",
                    editor.partitionOf(last),
                    is(writer.partitionOf(new Post(1, 1000 + id / 10, id, "draft"))));
            editor.publish(last);
        }
        assertThat("entries when each of 200 posts was published twice", entries(store), is(200));
        for (int id = 0; id < 200; id++) {
            editor.delete(new Post(1, 1000 + id / 10, id, ""));
        }
        assertThat("entries when each was deleted", entries(store), is(0));
    }

    @Test
    @DisplayName("publish is one put and delete one delete: neither reads")
    void writesDoNotRead() {
        PartitionedFeed feed = new PartitionedFeed(store, 16);
        Post post = new Post(1, 1000, 1, "post");
        feed.publish(post);
        feed.delete(post);
        feed.delete(post);
        assertThat("gets", store.gets(), is(0));
        assertThat("cursors", store.ranges().size(), is(0));
    }

    @Test
    @DisplayName("a page takes one cursor and one seek a partition, and no more steps than posts, however deep it is")
    void cost() {
        int partitions = 8;
        PartitionedFeed feed = new PartitionedFeed(store, partitions);
        for (int i = 0; i < 2000; i++) {
            feed.publish(new Post(1, NOW + i, 0, "post " + i));
        }
        Post last = new Post(1, NOW + 2000, 0, "");
        for (int page = 0; page < 20; page++) {
            store.startCounting();
            List<Post> posts = page == 0 ? feed.newest(1, 20) : feed.olderThan(last, 20);
            String what = "page " + page + " of 20 posts in 8 partitions";
            assertThat("posts on " + what, posts.size(), is(20));
            assertThat("cursors for " + what, store.ranges().size(), is(partitions));
            assertThat(what, (long) store.seeks(), atMost(partitions, "seeks", "one for each cursor will do"));
            assertThat(what, (long) store.steps(), atMost(20, "steps", "is every partition read as if it were alone?"));
            last = posts.get(19);
        }
    }

    @Test
    @DisplayName("the ranges of cursors have the posts of one user in one partition, from the position on")
    void ranges() {
        PartitionedFeed feed = new PartitionedFeed(store, 4);
        feed.newest(7, 10);
        checkRanges(PostKeys.key(7, Long.MAX_VALUE - 1, Long.MAX_VALUE), Optional.empty(), "newest");
        store.startCounting();
        Post last = new Post(7, 1000, 5, "");
        feed.olderThan(last, 10);
        checkRanges(PostKeys.key(7, 1000, 4), Optional.of(last.key()), "olderThan");
    }

    private void checkRanges(Slice first, Optional<Slice> before, String call) {
        assertThat("cursors of " + call, store.ranges().size(), is(4));
        Slice oldest = PostKeys.key(7, 0, 0);
        for (int partition = 0; partition < 4; partition++) {
            int salt = partition;
            Slice in = storeKey(salt, first);
            List<KeyRange> ofPartition =
                    store.ranges().stream().filter(range -> range.contains(in)).toList();
            String what = call + ": ranges with the first post it may find, in partition " + salt;
            assertThat(what, ofPartition.size(), is(1));
            KeyRange range = ofPartition.get(0);
            assertThat(call + ": the oldest post is in " + range, range.contains(storeKey(salt, oldest)), is(true));
            before.ifPresent(key ->
                    assertThat(call + ": the position is in " + range, range.contains(storeKey(salt, key)), is(false)));
            assertThat(
                    call + ": the newest post of the next user is in " + range,
                    range.contains(storeKey(salt, PostKeys.key(8, Long.MAX_VALUE - 1, Long.MAX_VALUE))),
                    is(false));
            assertThat(
                    call + ": the oldest post of the user before is in " + range,
                    range.contains(storeKey(salt, PostKeys.key(6, 0, 0))),
                    is(false));
        }
    }

    @Test
    @DisplayName("every cursor is closed, also when the store fails at any seek or step")
    void cursorsAreClosed() {
        PartitionedFeed feed = new PartitionedFeed(store, 4);
        for (int i = 0; i < 40; i++) {
            feed.publish(new Post(1, 1000 + i, 0, "post " + i));
        }
        feed.newest(1, 10);
        feed.newest(2, 10);
        assertThat("cursors open after two pages", store.openCursors(), is(0));
        for (int failing = 1; failing <= 12; failing++) {
            int[] movesLeft = {failing};
            store.beforeEachMove(() -> {
                if (--movesLeft[0] == 0) {
                    throw new StorageIoException("reading", new IOException("the disk is gone"));
                }
            });
            assertThrows(StorageIoException.class, () -> feed.newest(1, 10), "move " + failing + " fails");
            assertThat("cursors open when move " + failing + " failed", store.openCursors(), is(0));
        }
    }

    @Test
    @DisplayName("when closing a cursor fails, the others are closed all the same, and the failure is thrown")
    void closingFails() {
        PartitionedFeed feed = new PartitionedFeed(store, 4);
        for (int i = 0; i < 40; i++) {
            feed.publish(new Post(1, 1000 + i, 0, "post " + i));
        }
        for (int failing = 1; failing <= 4; failing++) {
            int[] closesLeft = {failing};
            store.afterEachClose(() -> {
                if (--closesLeft[0] == 0) {
                    throw new StorageIoException("closing", new IOException("the disk is gone"));
                }
            });
            assertThrows(
                    StorageIoException.class,
                    () -> feed.newest(1, 10),
                    "newest() in 4 partitions, when close of cursor " + failing + " fails");
            assertThat("cursors open when close of cursor " + failing + " failed", store.openCursors(), is(0));
        }
    }

    @Test
    @DisplayName("the first and last users, times and ids there can be are posts like any other")
    void extremes() {
        PartitionedFeed feed = new PartitionedFeed(store, PartitionedFeed.PARTITIONS_MAX);
        long lastMillis = Long.MAX_VALUE - 1;
        for (long user : new long[] {0, 1, 255, 256, Long.MAX_VALUE}) {
            Post newest = new Post(user, lastMillis, Long.MAX_VALUE, "newest of " + user);
            Post second = new Post(user, lastMillis, 0, "second of " + user);
            Post third = new Post(user, 0, Long.MAX_VALUE, "third of " + user);
            Post oldest = new Post(user, 0, 0, "oldest of " + user);
            for (Post post : List.of(oldest, third, newest, second)) {
                feed.publish(post);
            }
            assertThat(
                    "all of user " + user,
                    shown(feed.newest(user, 1000)),
                    is(shown(List.of(newest, second, third, oldest))));
            assertThat("after the third", shown(feed.olderThan(third, 1000)), is(shown(List.of(oldest))));
            assertThat("after the oldest", shown(feed.olderThan(oldest, 1000)), is(List.of()));
        }
    }

    @Test
    @DisplayName(
            "posts that come and go during the calls and between them: none twice, none missed that was there throughout")
    void whileItChanges() {
        Seeds.check(100, random -> {
            WatchedOrderedStore changing = new WatchedOrderedStore();
            PartitionedFeed feed = new PartitionedFeed(changing, 1 + random.nextInt(8));
            TreeMap<Slice, Post> stays = new TreeMap<>();
            for (int i = 0; i < 40; i++) {
                Post post = new Post(1, 1000 + random.nextInt(10), 2 * i, "stays " + i);
                stays.put(post.key(), post);
                feed.publish(post);
            }
            changing.beforeEachMove(() -> {
                Post guest = new Post(1, 1000 + random.nextInt(10), 2 * random.nextInt(40) + 1, "guest");
                if (random.nextBoolean()) {
                    feed.publish(guest);
                } else {
                    feed.delete(guest);
                }
            });
            List<Post> seen = pages(feed, 1, random);
            List<Slice> keys = seen.stream().map(Post::key).toList();
            assertEquals(keys.stream().sorted().distinct().toList(), keys, "the keys that were seen, in order");
            List<Post> seenOfThose =
                    seen.stream().filter(post -> !post.text().equals("guest")).toList();
            assertEquals(shown(new ArrayList<>(stays.values())), shown(seenOfThose), "the posts that stayed");
        });
    }

    @Test
    @DisplayName("a page of less than one post or more than a thousand is refused, with the limit in the message")
    void limits() {
        PartitionedFeed feed = new PartitionedFeed(store, 2);
        Post post = new Post(1, 1000, 1, "one");
        feed.publish(post);
        for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE}) {
            for (Runnable call : List.<Runnable>of(() -> feed.newest(1, limit), () -> feed.olderThan(post, limit))) {
                IllegalArgumentException refused =
                        assertThrows(IllegalArgumentException.class, call::run, "a limit of " + limit);
                assertThat(refused.getMessage(), containsString(String.valueOf(limit)));
            }
        }
        assertThat("a page of 1", feed.newest(1, 1).size(), is(1));
        assertThat("a page of 1000", feed.newest(1, 1000).size(), is(1));
    }
}
