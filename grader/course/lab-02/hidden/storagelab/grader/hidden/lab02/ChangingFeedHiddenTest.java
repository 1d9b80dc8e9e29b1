package storagelab.grader.hidden.lab02;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.feed.Feed;
import storagelab.feed.FeedFilter;
import storagelab.feed.FeedPage;
import storagelab.feed.Post;
import storagelab.feed.TokenKeys;
import storagelab.testkit.Crew;
import storagelab.testkit.MemoryOrderedStore;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 2.9: pages of a feed that changes between them, within them, and on other threads. */
@Tag("2.9")
class ChangingFeedHiddenTest {
    private static final FeedFilter FILTER = new FeedFilter(1, 1_000, 1_020);
    private static final TokenKeys KEYS = TokenKeys.of(5, FeedModel.secret(1));
    private static final int STAYING = 60;
    private static final int WALKERS = 2;
    private static final int WALKS = 9;
    private static final int CHANGES_PER_PAGE = 10;

    /** A post that is there from the beginning to the end; its id is even. */
    private static Post staying(int number) {
        return new Post(1, 1_000 + number % 20, 2L * number, "stays " + number);
    }

    /** A post that comes and goes, also outside the filter; its id is odd. */
    private static Post guest(Random random) {
        long timestamp = 995 + random.nextInt(30);
        return new Post(1, timestamp, 2L * random.nextInt(STAYING) + 1, "guest at " + timestamp);
    }

    @Test
    @DisplayName("the post that a token names, and all after it, may be gone")
    void positionIsGone() {
        Feed feed = new Feed(new WatchedOrderedStore(), KEYS);
        FeedModel model = new FeedModel();
        for (int i = 0; i < 9; i++) {
            model.publish(feed, staying(i));
        }
        List<Post> before = model.all(FILTER);
        Step.at("the first pages of 3 posts, while posts of them are deleted");
        FeedPage page = feed.firstPage(FILTER, 3);
        String token = page.nextToken().orElseThrow(() -> new AssertionError("no token after 3 of 9 posts"));
        model.delete(feed, before.get(2));
        FeedModel.checkPage(
                feed.nextPage(FILTER, token, 3),
                before.subList(3, 9),
                3,
                "the second page, the last post of the first gone");
        model.delete(feed, before.get(3));
        FeedModel.checkPage(
                feed.nextPage(FILTER, token, 3), before.subList(4, 9), 3, "the second page, its first post gone, too");
        before.forEach(post -> model.delete(feed, post));
        FeedModel.checkPage(feed.nextPage(FILTER, token, 3), List.of(), 3, "the second page, every post gone");
    }

    @Test
    @DisplayName("posts come and go between pages: every page is what comes after the last post of the page before")
    void changesBetweenPages() {
        Seeds.check(100, random -> {
            Feed feed = new Feed(new WatchedOrderedStore(), KEYS);
            FeedModel model = new FeedModel();
            for (int i = 0; i < STAYING; i++) {
                model.publish(feed, staying(i));
            }
            int limit = 1 + random.nextInt(7);
            List<Post> due = model.all(FILTER);
            FeedPage page = feed.firstPage(FILTER, limit);
            FeedModel.checkPage(page, due, limit, "the first page of " + limit);
            while (page.nextToken().isPresent()) {
                Slice position = page.posts().get(page.posts().size() - 1).key();
                for (int change = random.nextInt(6); change > 0; change--) {
                    change(random, post -> model.publish(feed, post), post -> model.delete(feed, post));
                }
                limit = 1 + random.nextInt(7);
                due = model.after(FILTER, position);
                page = feed.nextPage(FILTER, page.nextToken().get(), limit);
                FeedModel.checkPage(page, due, limit, "a page of " + limit + " after other posts came and went");
            }
        });
    }

    private static void change(Random random, Consumer<Post> publish, Consumer<Post> delete) {
        Post guest = guest(random);
        if (random.nextInt(3) == 0) {
            delete.accept(guest);
        } else {
            publish.accept(guest);
        }
    }

    @Test
    @DisplayName("posts come and go while a page is made: the page, and whether there is a next, are of one moment")
    void changesWithinAPage() {
        Seeds.check(100, random -> {
            WatchedOrderedStore store = new WatchedOrderedStore();
            Feed feed = new Feed(store, KEYS);
            FeedModel model = new FeedModel();
            for (int i = 0; i < 12; i++) {
                model.publish(feed, staying(random.nextInt(STAYING)));
            }
            List<Post> first = model.all(FILTER);
            store.beforeEachMove(() -> {
                change(random, post -> model.publish(feed, post), post -> model.delete(feed, post));
                if (random.nextInt(4) == 0) {
                    model.delete(feed, first.get(random.nextInt(first.size())));
                }
            });
            int limit = 1 + random.nextInt(first.size());
            FeedPage page = feed.firstPage(FILTER, limit);
            FeedModel.checkPage(page, first, limit, "a first page of " + limit + ", made while posts came and went");
            if (page.nextToken().isPresent()) {
                List<Post> due = model.after(FILTER, first.get(limit - 1).key());
                FeedPage next = feed.nextPage(FILTER, page.nextToken().get(), limit);
                FeedModel.checkPage(next, due, limit, "a page of " + limit + ", made while posts came and went");
            }
        });
    }

    @Test
    @DisplayName("threads publish and delete while others walk: nothing twice, nothing skipped that stays")
    void threads() throws InterruptedException {
        OrderedStore store = new MemoryOrderedStore();
        Feed feed = new Feed(store, KEYS);
        FeedModel model = new FeedModel();
        for (int i = 0; i < STAYING; i++) {
            model.publish(feed, staying(i));
        }
        List<String> stay = model.all(FILTER).stream().map(Post::text).toList();
        CountDownLatch walkers = new CountDownLatch(WALKERS);
        // A writer pays for each change, and a walker earns for them with each page: neither can starve the other.
        Semaphore changes = new Semaphore(0);
        try (Crew crew = new Crew()) {
            for (int writer = 0; writer < 2; writer++) {
                Random random = new Random(Seeds.base() + writer);
                crew.start("writer " + writer, () -> {
                    while (walkers.getCount() > 0) {
                        changes.acquire();
                        change(random, feed::publish, feed::delete);
                    }
                });
            }
            crew.start(WALKERS, "walker", () -> {
                for (int walk = 0; walk < WALKS && !crew.hasFailed(); walk++) {
                    checkWalk(feed, 1 + walk, stay, () -> changes.release(CHANGES_PER_PAGE));
                }
                walkers.countDown();
                changes.release(CHANGES_PER_PAGE);
            });
            crew.join();
        }
    }

    private static void checkWalk(Feed feed, int limit, List<String> stay, Runnable beforeEachPage) {
        List<String> seen = new ArrayList<>();
        Slice previous = Slice.EMPTY;
        Optional<String> token = Optional.empty();
        do {
            beforeEachPage.run();
            Step.at("a page of " + limit + " posts, after " + seen.size() + " were seen, while others come and go");
            FeedPage page = token.isEmpty() ? feed.firstPage(FILTER, limit) : feed.nextPage(FILTER, token.get(), limit);
            for (Post post : page.posts()) {
                if (post.key().compareTo(previous) <= 0) {
                    throw new AssertionError("in pages of " + limit + ", " + post + " came after "
                            + Post.of(previous, Slice.EMPTY) + ": it was there before, or is out of order");
                }
                previous = post.key();
                if (post.postId() % 2 == 0) {
                    seen.add(post.text());
                }
            }
            token = page.nextToken();
        } while (token.isPresent());
        if (!seen.equals(stay)) {
            List<String> missing = new ArrayList<>(stay);
            missing.removeAll(seen);
            throw new AssertionError("in pages of " + limit + ", a walk saw " + seen.size() + " of the " + stay.size()
                    + " posts that were there all the time; it skipped " + missing);
        }
    }
}
