package storagelab.feed.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import storagelab.api.MaintenanceKind;
import storagelab.cursor.OrderedLogStore;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentContext.Scale;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.feed.Feed;
import storagelab.feed.FeedFilter;
import storagelab.feed.FeedPage;
import storagelab.feed.Post;
import storagelab.feed.toy.OffsetFeed;
import storagelab.file.FileMetrics;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.TableListKind;

/** Somebody reads a feed to its end, twenty posts at a time, while others publish and delete: what he sees. */
public final class OffsetOrKeysetExperiment implements Experiment {
    private static final int POSTS = 2_000;
    private static final int PAGE = 20;
    private static final long USER = 1;
    private static final FeedFilter EVERYTHING = FeedFilter.everything(USER);

    /** For the service loader. */
    public OffsetOrKeysetExperiment() {}

    @Override
    public String id() {
        return "2.offset-or-keyset";
    }

    @Override
    public String question() {
        return "What does a reader see twice, or never, when the feed changes between two pages?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A feed of 2,000 posts is read in pages of 20, \"OFFSET n LIMIT 20\". Between two pages two new posts are "
                        + "published. How many posts does the reader see twice?",
                "posts");
    }

    /** What happens between two pages. */
    private record Changes(int published, int deleted) {}

    /** How a feed is read: the page at a position, which is an offset or a token. */
    private interface Reading {
        /** The next page; empty at the end. */
        List<Post> next();
    }

    /** What a walk saw of the posts that were there from its beginning to its end. */
    private record Walk(long twice, long never, List<Long> blocksRead) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Changes> scenarios = scenarios(context.scale());
        ResultTable.Builder table = ResultTable.builder()
                .column("published between two pages")
                .column("deleted between two pages")
                .column("offset: seen twice")
                .column("offset: never seen")
                .column("keyset: seen twice")
                .column("keyset: never seen");
        Plot.SeriesBuilder twice = Plot.Series.named("offset, posts published: seen twice");
        Plot.SeriesBuilder never = Plot.Series.named("offset, posts deleted: never seen");
        Plot.SeriesBuilder keyset = Plot.Series.named("keyset: seen twice or never");
        double answer = 0;
        for (int i = 0; i < scenarios.size(); i++) {
            context.progress("reading while others write", i / (double) scenarios.size());
            Changes changes = scenarios.get(i);
            Walk offset = walk(context, POSTS, changes, store -> offsets(new OffsetFeed(store)));
            Walk keys = walk(context, POSTS, changes, store -> tokens(new Feed(store, Secrets.ring())));
            table.row(
                    changes.published(), changes.deleted(), offset.twice(), offset.never(), keys.twice(), keys.never());
            if (changes.deleted() == 0) {
                twice.add(changes.published(), (double) offset.twice());
                keyset.add(changes.published(), (double) (keys.twice() + keys.never()));
            }
            if (changes.published() == 0) {
                never.add(changes.deleted(), (double) offset.never());
            }
            if (changes.equals(new Changes(2, 0))) {
                answer = offset.twice();
            }
        }
        Plot seen = new Plot.Curves(
                "Posts that a reader of " + POSTS + " sees twice, or never",
                Axis.linear("posts published, or deleted, between two pages", ""),
                Axis.linear("posts", ""),
                List.of(
                        twice.as(Style.MARKS_AND_LINE),
                        never.as(Style.MARKS_AND_LINE),
                        keyset.as(Style.MARKS_AND_LINE)));
        Walk offset = walk(context, 2 * POSTS, new Changes(0, 0), store -> offsets(new OffsetFeed(store)));
        Walk keys = walk(context, 2 * POSTS, new Changes(0, 0), store -> tokens(new Feed(store, Secrets.ring())));
        return new ExperimentResult(
                table.build(), List.of(seen, costPlot(offset, keys)), answer, observation(twice, never, offset, keys));
    }

    private static List<Changes> scenarios(Scale scale) {
        List<Integer> counts = scale == Scale.FULL ? List.of(1, 2, 5, 10) : List.of(2, 10);
        List<Changes> scenarios = new ArrayList<>(List.of(new Changes(0, 0)));
        counts.forEach(count -> scenarios.add(new Changes(count, 0)));
        counts.forEach(count -> scenarios.add(new Changes(0, count)));
        scenarios.add(new Changes(5, 5));
        return scenarios;
    }

    private static Plot costPlot(Walk offset, Walk keys) {
        return new Plot.Curves(
                "Blocks read for each page of a feed that nobody changes",
                Axis.linear("page", ""),
                Axis.linear("blocks read", ""),
                List.of(
                        perPage("offset", offset).as(Style.MARKS_AND_LINE),
                        perPage("keyset", keys).as(Style.MARKS_AND_LINE)));
    }

    private static Plot.SeriesBuilder perPage(String name, Walk walk) {
        Plot.SeriesBuilder series = Plot.Series.named(name);
        for (int page = 0; page < walk.blocksRead().size(); page += 5) {
            series.add(page + 1, walk.blocksRead().get(page));
        }
        return series;
    }

    private static String observation(Plot.SeriesBuilder twice, Plot.SeriesBuilder never, Walk offset, Walk keys) {
        int last = offset.blocksRead().size() - 1;
        return "With ten posts published between two pages of 20, counting by offset showed "
                + Quantity.number(twice.y().get(twice.y().size() - 1)) + " posts of " + Quantity.number(POSTS)
                + " a second time; with ten deleted it never showed "
                + Quantity.number(never.y().get(never.y().size() - 1))
                + " that were there all the time. Counting from the last key showed each once. Page "
                + Quantity.number(last + 1) + " read "
                + Quantity.number(offset.blocksRead().get(last))
                + " blocks by offset and " + Quantity.number(keys.blocksRead().get(last)) + " by key.";
    }

    /** Makes a reading of the feed in a store. */
    private interface Reader {
        Reading of(OrderedLogStore store);
    }

    private static Walk walk(ExperimentContext context, int count, Changes changes, Reader reader) throws IOException {
        SplittableRandom random = new SplittableRandom(context.seed());
        try (OrderedLogStore store =
                OrderedLogStore.open(Files.createTempDirectory(context.directory(), "feed"), options())) {
            Feed feed = new Feed(store, Secrets.ring());
            List<Post> there = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                there.add(post(i));
                feed.publish(post(i));
            }
            store.flush();
            Map<Long, Integer> seen = new HashMap<>();
            List<Long> blocksRead = new ArrayList<>();
            Reading reading = reader.of(store);
            int published = count;
            while (true) {
                long before = store.stats().get(FileMetrics.BLOCKS_READ);
                List<Post> page = reading.next();
                if (page.isEmpty()) {
                    break;
                }
                blocksRead.add(store.stats().get(FileMetrics.BLOCKS_READ) - before);
                page.forEach(post -> seen.merge(post.postId(), 1, Integer::sum));
                for (int i = 0; i < changes.published(); i++) {
                    feed.publish(post(published++));
                }
                for (int i = 0; i < changes.deleted() && !there.isEmpty(); i++) {
                    feed.delete(there.remove(random.nextInt(there.size())));
                }
            }
            long twice = there.stream()
                    .filter(post -> seen.getOrDefault(post.postId(), 0) > 1)
                    .count();
            long never = there.stream()
                    .filter(post -> !seen.containsKey(post.postId()))
                    .count();
            return new Walk(twice, never, blocksRead);
        }
    }

    private static Reading offsets(OffsetFeed feed) {
        int[] offset = {0};
        return () -> {
            List<Post> page = feed.page(USER, offset[0], PAGE);
            offset[0] += PAGE;
            return page;
        };
    }

    private static Reading tokens(Feed feed) {
        List<Optional<String>> position = new ArrayList<>();
        return () -> {
            if (!position.isEmpty() && position.get(0).isEmpty()) {
                return List.of();
            }
            FeedPage page = position.isEmpty()
                    ? feed.firstPage(EVERYTHING, PAGE)
                    : feed.nextPage(EVERYTHING, position.get(0).get(), PAGE);
            position.clear();
            position.add(page.nextToken());
            return page.posts();
        };
    }

    private static Post post(int number) {
        return new Post(USER, number, number, "post " + number + " " + "x".repeat(90));
    }

    private static SortedLogOptions options() {
        return SortedLogOptions.defaults()
                .withTableList(TableListKind.EPHEMERAL)
                .withMaintenance(MaintenanceKind.FOREGROUND);
    }
}
