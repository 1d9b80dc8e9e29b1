package storagelab.grader.hidden.lab02;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.lab02.TokenChecks.refused;
import static storagelab.grader.hidden.lab02.TokenChecks.taken;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.course.ExerciseNotDone;
import storagelab.feed.Feed;
import storagelab.feed.FeedFilter;
import storagelab.feed.FeedPage;
import storagelab.feed.PageToken;
import storagelab.feed.PageTokenException;
import storagelab.feed.PageTokenException.Reason;
import storagelab.feed.Post;
import storagelab.feed.PostKeys;
import storagelab.feed.TokenKeys;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 2.9: what is on a page of a feed that nobody changes, what it costs, and whose it is. */
@Tag("2.9")
class FeedHiddenTest {
    private static final long LAST_MILLI = Long.MAX_VALUE - 1;
    private static final FeedFilter EVERYTHING = FeedFilter.everything(1);

    private final WatchedOrderedStore store = new WatchedOrderedStore();
    private final TokenKeys keys = TokenKeys.of(5, FeedModel.secret(1));
    private final Feed feed = new Feed(store, keys);
    private final FeedModel model = new FeedModel();

    private void publish(long userId, long timestampMillis, long postId) {
        model.publish(feed, new Post(userId, timestampMillis, postId, "post " + postId + " at " + timestampMillis));
    }

    @Test
    @DisplayName("feeds of 0 to 12 posts in pages of 1 to 13: every post once, and no page too many")
    void everySizeAndLimit() {
        for (int count = 0; count <= 12; count++) {
            if (count > 0) {
                publish(1, 1_000 + count / 3, count);
            }
            for (int limit = 1; limit <= 13; limit++) {
                walk(EVERYTHING, limit, "a feed of " + count + " posts in pages of " + limit);
            }
        }
    }

    /** Walks from the first page to the last and compares each with the model. */
    private void walk(FeedFilter filter, int limit, String what) {
        List<Post> due = model.all(filter);
        Step.at(what + ", the first of " + due.size() + " posts");
        FeedPage page = feed.firstPage(filter, limit);
        FeedModel.checkPage(page, due, limit, what + ", first page");
        for (int number = 2; page.nextToken().isPresent(); number++) {
            due = due.subList(limit, due.size());
            Step.at(what + ", page " + number + ", with " + due.size() + " posts to come");
            page = feed.nextPage(filter, page.nextToken().get(), limit);
            FeedModel.checkPage(page, due, limit, what + ", page " + number);
        }
    }

    @Test
    @DisplayName("posts of one millisecond come by id, the greatest first, over the ends of pages, too")
    void ties() {
        for (long id : new long[] {0, 1, 2, 127, 128, 255, 256, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            for (long timestamp : new long[] {0, 1_000, LAST_MILLI}) {
                publish(1, timestamp, id);
            }
        }
        for (int limit = 1; limit <= 28; limit++) {
            walk(EVERYTHING, limit, "nine posts in each of three milliseconds, in pages of " + limit);
        }
    }

    @Test
    @DisplayName("a filter shows the times from since on and before until, and nobody else's posts")
    void filters() {
        long[] times = {0, 1, 999, 1_000, 1_001, 1_999, 2_000, LAST_MILLI};
        for (long user : new long[] {0, 1, 2, 255, 256, Long.MAX_VALUE}) {
            for (long time : times) {
                publish(user, time, 0);
                publish(user, time, Long.MAX_VALUE);
            }
        }
        for (long user : new long[] {0, 1, 2, 3, 254, 255, 256, Long.MAX_VALUE}) {
            for (long since : times) {
                for (long until : LongStream.concat(LongStream.of(times), LongStream.of(Long.MAX_VALUE))
                        .toArray()) {
                    if (since < until) {
                        FeedFilter filter = new FeedFilter(user, since, until);
                        walk(filter, 3, filter.toString());
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("the key range of a filter has exactly the keys of its posts")
    void keyRanges() {
        Seeds.check(300, random -> {
            long since = random.nextInt(5);
            long until = random.nextInt(4) == 0 ? Long.MAX_VALUE : since + 1 + random.nextInt(5);
            FeedFilter filter = new FeedFilter(1 + random.nextInt(3), since, until);
            KeyRange range = filter.keyRange();
            for (long user = 0; user <= 4; user++) {
                for (long time : new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, LAST_MILLI}) {
                    for (long id : new long[] {0, 1, Long.MAX_VALUE}) {
                        boolean wanted = user == filter.userId() && time >= since && time < until;
                        if (range.contains(PostKeys.key(user, time, id)) != wanted) {
                            throw new AssertionError("the key range " + range + " of " + filter
                                    + (wanted ? " does not have" : " has") + " post " + id + " of user " + user
                                    + " at " + time + " ms");
                        }
                    }
                }
            }
        });
    }

    @Test
    @DisplayName("a page costs one cursor, one seek and a step a post, the four hundredth page no more than the first")
    void cost() {
        int limit = 25;
        for (int i = 0; i < 10_000; i++) {
            feed.publish(new Post(1, 1_000 + i / 2, i, ""));
            feed.publish(new Post(2, 1_000 + i / 2, i, ""));
        }
        Optional<String> token = Optional.empty();
        Slice position = PostKeys.prefix(1);
        for (int number = 1; number <= 400; number++) {
            store.startCounting();
            FeedPage page =
                    token.isEmpty() ? feed.firstPage(EVERYTHING, limit) : feed.nextPage(EVERYTHING, token.get(), limit);
            checkCost(number, limit, position);
            position = page.posts().get(limit - 1).key();
            token = page.nextToken();
        }
        if (token.isPresent()) {
            throw new AssertionError("after 400 pages of 25 posts of a feed of 10,000 there is a token for one more");
        }
    }

    private void checkCost(int number, int limit, Slice position) {
        String page = "page " + number + " of " + limit + " posts: ";
        if (store.ranges().size() != 1 || store.gets() > 0) {
            throw new AssertionError(
                    page + store.ranges().size() + " cursors and " + store.gets() + " gets, and one cursor does it");
        }
        if (store.seeks() != 1) {
            throw new AssertionError(page + store.seeks() + " seeks, and one does it");
        }
        if (store.steps() > limit + 1) {
            throw new AssertionError(page + store.steps() + " steps of the cursor, and " + (limit + 1)
                    + " are enough: are the posts before the page counted off, or those after it looked at?");
        }
        KeyRange range = store.ranges().get(0);
        Slice to = range.to();
        if (range.from().compareTo(position) < 0 || to == null || to.compareTo(PostKeys.key(2, LAST_MILLI, 0)) > 0) {
            throw new AssertionError(page + "the cursor was asked for the range " + range
                    + ", and should be for nothing before the position " + position + " and nobody else's posts");
        }
        if (store.openCursors() != 0) {
            throw new AssertionError(page + "its cursor was not closed, and holds files of the store");
        }
    }

    @Test
    @DisplayName("the cursor is closed, too, when the store fails in the middle of a page")
    void cursorOfAFailedPage() {
        for (int i = 0; i < 5; i++) {
            publish(1, 1_000, i);
        }
        Step.at("pages of five posts, when a move of the cursor throws: that is what should come out of the page");
        String token = feed.firstPage(EVERYTHING, 1).nextToken().orElseThrow();
        for (int failing = 1; failing <= 3; failing++) {
            int[] left = {failing};
            store.beforeEachMove(() -> {
                if (--left[0] == 0) {
                    throw new IllegalStateException("the disk is gone");
                }
            });
            failingPage(failing, () -> feed.firstPage(EVERYTHING, 3));
            left[0] = failing;
            failingPage(failing, () -> feed.nextPage(EVERYTHING, token, 3));
        }
    }

    @Test
    @DisplayName("a limit that is refused leaves no cursor open")
    void refusedLimitLeavesNoCursor() {
        for (int i = 0; i < 5; i++) {
            publish(1, 1_000, i);
        }
        String token = feed.firstPage(EVERYTHING, 1).nextToken().orElseThrow();
        for (int limit : new int[] {0, Feed.LIMIT_MAX + 1}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> feed.firstPage(EVERYTHING, limit),
                    "the first page with a limit of " + limit);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> feed.nextPage(EVERYTHING, token, limit),
                    "the next page with a limit of " + limit);
            if (store.openCursors() != 0) {
                throw new AssertionError(
                        "a limit of " + limit
                                + " was refused, and a cursor that had been opened before that was never closed: it holds files");
            }
        }
    }

    private void failingPage(int failing, Runnable call) {
        try {
            call.run();
        } catch (ExerciseNotDone e) {
            throw e;
        } catch (IllegalStateException e) {
            if (store.openCursors() != 0) {
                throw new AssertionError(
                        "move " + failing + " of the cursor threw, and the cursor was never closed: it holds files", e);
            }
            return;
        }
        throw new AssertionError("move " + failing + " of the cursor threw, and the page was returned all the same");
    }

    @Test
    @DisplayName("a token continues the feed it was made for and no other: another user, another since, another until")
    void foreignTokens() {
        for (long user = 1; user <= 2; user++) {
            for (int i = 0; i < 5; i++) {
                publish(user, 1_000 + i, i);
            }
        }
        FeedFilter filter = new FeedFilter(1, 500, 5_000);
        Step.at("a page of 2 of " + filter + ", which has five posts");
        String token = feed.firstPage(filter, 2).nextToken().orElseThrow();
        store.startCounting();
        for (FeedFilter other :
                List.of(new FeedFilter(2, 500, 5_000), new FeedFilter(1, 501, 5_000), new FeedFilter(1, 500, 5_001))) {
            refused(
                    Reason.FOREIGN_FILTER,
                    () -> feed.nextPage(other, token, 2),
                    "the token of " + filter + " in a call for " + other);
        }
        if (!store.ranges().isEmpty()) {
            throw new AssertionError("a foreign token was refused only after the store had been read");
        }
        FeedModel.checkPage(
                feed.nextPage(filter, token, 2),
                model.all(filter).subList(2, 5),
                2,
                "the page of the same token for its own filter");
    }

    @Test
    @DisplayName("tokens of other servers: with the same secret they go on, with another they do not")
    void otherServers() {
        for (int i = 0; i < 5; i++) {
            publish(1, 1_000, i);
        }
        Step.at("a page of 2 of five posts in one millisecond");
        String token = feed.firstPage(EVERYTHING, 2).nextToken().orElseThrow();
        TokenKeys rotated = keys.rotate(FeedModel.secret(2), 2);
        String held = "a token of epoch 5 at a server that holds epochs 5 and 6";
        FeedPage page = taken(() -> new Feed(store, rotated).nextPage(EVERYTHING, token, 2), held);
        FeedModel.checkPage(page, model.all(EVERYTHING).subList(2, 5), 2, held);
        refused(
                Reason.STALE,
                () -> new Feed(store, rotated.rotate(FeedModel.secret(3), 1)).nextPage(EVERYTHING, token, 2),
                "a token of epoch 5 at a server that holds epoch 7");
        refused(
                Reason.FORGED,
                () -> new Feed(store, TokenKeys.of(5, FeedModel.secret(9))).nextPage(EVERYTHING, token, 2),
                "a token at a server with another secret");
        String garbled = token.substring(1);
        refused(Reason.MALFORMED, () -> feed.nextPage(EVERYTHING, garbled, 2), "a token without its first character");
    }

    @Test
    @DisplayName("a token is the last post of its page, and the next page may have another size")
    void position() {
        for (int i = 0; i < 20; i++) {
            publish(1, 1_000 + i / 4, i);
        }
        int at = 3;
        Step.at("pages of several sizes of 20 posts, four in each millisecond");
        FeedPage page = feed.firstPage(EVERYTHING, at);
        List<Post> all = model.all(EVERYTHING);
        for (int limit = 1; page.nextToken().isPresent(); limit++) {
            PageToken token = PageToken.decode(page.nextToken().get(), keys);
            Post last = all.get(at - 1);
            PageToken expected = new PageToken(EVERYTHING, last.timestampMillis(), last.postId());
            if (!token.equals(expected)) {
                throw new AssertionError("the token of a page that ends with " + last + " is " + token);
            }
            page = feed.nextPage(EVERYTHING, page.nextToken().get(), limit);
            FeedModel.checkPage(page, all.subList(at, all.size()), limit, "a page of " + limit + " posts from " + at);
            at += limit;
        }
    }

    @Test
    @DisplayName("a limit outside 1 to 1000 is an error with the limit in it; 1000 posts fit on a page")
    void limits() {
        for (int i = 0; i < 1_002; i++) {
            publish(1, 1_000, i);
        }
        String token = feed.firstPage(EVERYTHING, 1).nextToken().orElseThrow();
        for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE}) {
            wrongLimit(limit, () -> feed.firstPage(EVERYTHING, limit));
            wrongLimit(limit, () -> feed.nextPage(EVERYTHING, token, limit));
        }
        List<Post> all = model.all(EVERYTHING);
        Step.at("pages of 1000 posts, the most there can be on a page");
        FeedModel.checkPage(feed.firstPage(EVERYTHING, 1_000), all, 1_000, "a page of 1000 posts");
        FeedModel.checkPage(
                feed.nextPage(EVERYTHING, token, 1_000), all.subList(1, 1_002), 1_000, "a second page of 1000 posts");
    }

    private static void wrongLimit(int limit, Runnable call) {
        try {
            call.run();
        } catch (ExerciseNotDone e) {
            throw e;
        } catch (IllegalArgumentException e) {
            if (e instanceof PageTokenException
                    || !String.valueOf(e.getMessage()).contains(String.valueOf(limit))) {
                throw new AssertionError("a page of " + limit + " posts: the message should have the number: " + e, e);
            }
            return;
        }
        throw new AssertionError("a page of " + limit + " posts was returned as if nothing were wrong");
    }
}
