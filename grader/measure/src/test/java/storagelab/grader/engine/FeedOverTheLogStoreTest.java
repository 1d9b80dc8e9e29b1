package storagelab.grader.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.cursor.OrderedLogStore;
import storagelab.feed.Feed;
import storagelab.feed.FeedFilter;
import storagelab.feed.FeedPage;
import storagelab.feed.Post;
import storagelab.feed.TokenKeys;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

/** A feed in files: what it promises holds while memtables are written out and tables are merged below it. */
class FeedOverTheLogStoreTest {
    private static final FeedFilter EVERYTHING = FeedFilter.everything(1);
    private static final int STAYING = 200;
    private static final int WALKS = 2;
    private static final int CHANGES_PER_PAGE = 10;
    private static final long MEMTABLE_BYTES = 16 << 10;

    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "threads publish and delete while others walk, over flushes and merges: nothing twice, nothing skipped")
    void walksOverFlushesAndMerges() throws InterruptedException {
        SortedLogOptions options = SortedLogOptions.defaults().withMemtableBytes(MEMTABLE_BYTES);
        CountDownLatch walkers = new CountDownLatch(2);
        Semaphore changes = new Semaphore(0);
        try (OrderedLogStore store = OrderedLogStore.open(directory, options);
                Crew crew = new Crew()) {
            Feed feed = new Feed(store, TokenKeys.of(0, Slice.wrap(new byte[TokenKeys.SECRET_BYTES_MIN])));
            List<String> stay = new ArrayList<>();
            for (int i = STAYING; i > 0; i--) {
                feed.publish(new Post(1, 1_000 + i / 4, 2L * i, "stays " + i));
                stay.add("stays " + i);
            }
            for (int writer = 0; writer < 2; writer++) {
                Random random = new Random(Seeds.base() + writer);
                crew.start("writer " + writer, () -> {
                    while (walkers.getCount() > 0) {
                        changes.acquire();
                        change(feed, random);
                    }
                });
            }
            crew.start(2, "walker", () -> {
                for (int walk = 0; walk < WALKS && !crew.hasFailed(); walk++) {
                    checkWalk(feed, 3 + walk, stay, () -> changes.release(CHANGES_PER_PAGE));
                }
                walkers.countDown();
                changes.release(CHANGES_PER_PAGE);
            });
            crew.join();
            assertThat("memtables written out", store.stats().get(Metric.FLUSHES), greaterThan(3L));
            store.verify();
        }
    }

    private static void change(Feed feed, Random random) {
        Post guest = new Post(1, 990 + random.nextInt(80), 2L * random.nextInt(STAYING) + 1, "x".repeat(50));
        if (random.nextInt(3) == 0) {
            feed.delete(guest);
        } else {
            feed.publish(guest);
        }
    }

    private static void checkWalk(Feed feed, int limit, List<String> stay, Runnable beforeEachPage) {
        List<String> seen = new ArrayList<>();
        Slice previous = Slice.EMPTY;
        Optional<String> token = Optional.empty();
        do {
            beforeEachPage.run();
            FeedPage page =
                    token.isEmpty() ? feed.firstPage(EVERYTHING, limit) : feed.nextPage(EVERYTHING, token.get(), limit);
            for (Post post : page.posts()) {
                assertThat(post + " after " + previous, post.key().compareTo(previous) > 0, is(true));
                previous = post.key();
                if (post.postId() % 2 == 0) {
                    seen.add(post.text());
                }
            }
            token = page.nextToken();
        } while (token.isPresent());
        assertThat("the posts that were there all the time, in pages of " + limit, seen, is(stay));
    }
}
