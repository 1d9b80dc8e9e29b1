package storagelab.feed.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
import storagelab.experiment.Stopwatch;
import storagelab.feed.Feed;
import storagelab.feed.FeedFilter;
import storagelab.feed.Post;
import storagelab.feed.toy.BlobFeed;
import storagelab.feed.toy.GetsFeed;
import storagelab.file.FileMetrics;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.TableListKind;

/** The same feeds kept three ways: one value a reader, a key a post that is asked for by name, and a range. */
public final class BlobGetsRangeExperiment implements Experiment {
    private static final int TEXT_BYTES = 100;
    private static final int PAGE = 1_000;
    private static final int ROUNDS = 30;
    private static final long MEMTABLE_BYTES = 1 << 20;
    private static final double KILOBYTE = 1e3;
    private static final double MICRO_NANOS = 1e3;

    /** For the service loader. */
    public BlobGetsRangeExperiment() {}

    @Override
    public String id() {
        return "2.blob-gets-range";
    }

    @Override
    public String question() {
        return "What does a feed cost as one value, as a thousand values, and as a range?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Somebody with 100 followers publishes a post of 100 bytes. Each follower's feed, of 1,000 such posts, is one "
                        + "value. How much is written to disk?",
                "megabytes");
    }

    /** A way to keep feeds: what a post and a page are in it. */
    private interface Feeds {
        void fill(long reader, List<Post> newestFirst);

        void publish(long reader, Post post);

        List<Post> newest(long reader, int limit);
    }

    /** One contender, and its measurements so far. */
    private record Contender(
            String name,
            Function<OrderedLogStore, Feeds> feeds,
            Plot.SeriesBuilder bytesWritten,
            Plot.SeriesBuilder pageMicros) {
        static Contender of(String name, Function<OrderedLogStore, Feeds> feeds) {
            return new Contender(name, feeds, Plot.Series.named(name), Plot.Series.named(name));
        }
    }

    /** What publishing to every follower, and reading the newest posts of one, took. */
    private record Cost(double writtenKilobytes, double publishMicros, long blocksRead, double pageMicros) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Contender> contenders = List.of(
                Contender.of("blob", BlobGetsRangeExperiment::blobs),
                Contender.of("gets", BlobGetsRangeExperiment::gets),
                Contender.of("range", BlobGetsRangeExperiment::ranges));
        ResultTable.Builder table = ResultTable.builder()
                .column("followers")
                .column("posts in each feed")
                .column("kept as");
        table.column("written for a post", "KB").column("time for a post", "µs");
        table.column("blocks read for a page").column("time for a page", "µs");
        int[] followers = context.scale() == Scale.FULL ? new int[] {1, 10, 100} : new int[] {1, 10, 30};
        int[] lengths = context.scale() == Scale.FULL ? new int[] {100, 1_000, 10_000} : new int[] {100, 1_000, 3_000};
        for (Contender contender : contenders) {
            context.progress("warming up", 0);
            measure(context, contender, 1, PAGE);
        }
        int runs = (followers.length + lengths.length) * contenders.size();
        int run = 0;
        for (int count : followers) {
            for (Contender contender : contenders) {
                context.progress("growing followers", run++ / (double) runs);
                Cost cost = measure(context, contender, count, PAGE);
                contender.bytesWritten().add(count, cost.writtenKilobytes());
                addRow(table, contender, count, PAGE, cost);
            }
        }
        for (int length : lengths) {
            for (Contender contender : contenders) {
                context.progress("growing feeds", run++ / (double) runs);
                Cost cost = measure(context, contender, 1, length);
                contender.pageMicros().add(length, cost.pageMicros());
                addRow(table, contender, 1, length, cost);
            }
        }
        return new ExperimentResult(
                table.build(),
                plots(contenders),
                last(contenders.get(0).bytesWritten()) * 100 / followers[followers.length - 1] / KILOBYTE,
                observation(contenders, followers[followers.length - 1], lengths[lengths.length - 1]));
    }

    private static void addRow(ResultTable.Builder table, Contender contender, int followers, int length, Cost cost) {
        table.row(
                followers,
                length,
                contender.name(),
                cost.writtenKilobytes(),
                cost.publishMicros(),
                cost.blocksRead(),
                cost.pageMicros());
    }

    private static Cost measure(ExperimentContext context, Contender contender, int followers, int length)
            throws IOException {
        List<Post> posts = new ArrayList<>();
        for (int i = length; i > 0; i--) {
            posts.add(post(i));
        }
        Stopwatch stopwatch = new Stopwatch(context);
        try (OrderedLogStore store =
                OrderedLogStore.open(Files.createTempDirectory(context.directory(), contender.name()), options())) {
            Feeds feeds = contender.feeds().apply(store);
            for (int reader = 1; reader <= followers; reader++) {
                feeds.fill(reader, posts);
            }
            store.flush();
            store.compact();
            long writtenBefore = store.stats().get(FileMetrics.BYTES_WRITTEN);
            long publishNanos = stopwatch.nanos(() -> {
                for (int reader = 1; reader <= followers; reader++) {
                    feeds.publish(reader, post(length + 1));
                }
            });
            store.flush();
            long written = store.stats().get(FileMetrics.BYTES_WRITTEN) - writtenBefore;
            store.compact();
            int page = Math.min(PAGE, length);
            long blocksBefore = store.stats().get(FileMetrics.BLOCKS_READ);
            int found = feeds.newest(1, page).size();
            if (found != page) {
                throw new IllegalStateException(contender.name() + " found " + found + " posts of " + page);
            }
            long blocks = store.stats().get(FileMetrics.BLOCKS_READ) - blocksBefore;
            long pageNanos = stopwatch.fastestNanos(ROUNDS, () -> feeds.newest(1, page));
            return new Cost(written / KILOBYTE, publishNanos / MICRO_NANOS, blocks, pageNanos / MICRO_NANOS);
        }
    }

    private static List<Plot> plots(List<Contender> contenders) {
        return List.of(
                new Plot.Curves(
                        "Written to disk for one post of 100 bytes, by how many follow its author",
                        Axis.logarithmic("followers, each with a feed of 1,000 posts", ""),
                        Axis.logarithmic("written", "KB"),
                        contenders.stream()
                                .map(one -> one.bytesWritten().as(Style.MARKS_AND_LINE))
                                .toList()),
                new Plot.Curves(
                        "Time to read the newest 1,000 posts, by how many there are",
                        Axis.logarithmic("posts in the feed", ""),
                        Axis.logarithmic("time", "µs"),
                        contenders.stream()
                                .map(one -> one.pageMicros().as(Style.MARKS_AND_LINE))
                                .toList()));
    }

    private static String observation(List<Contender> contenders, int followers, int length) {
        Contender blob = contenders.get(0);
        Contender gets = contenders.get(1);
        Contender range = contenders.get(2);
        return "One post to " + followers + " followers wrote "
                + Quantity.bytes(last(blob.bytesWritten()) * KILOBYTE) + " as blobs and "
                + Quantity.bytes(last(range.bytesWritten()) * KILOBYTE)
                + " as keys of their own. The newest posts of a feed of " + Quantity.number(length) + " took "
                + Quantity.duration(last(blob.pageMicros()) * MICRO_NANOS) + " from its blob, "
                + Quantity.duration(last(gets.pageMicros()) * MICRO_NANOS) + " by gets, and "
                + Quantity.duration(last(range.pageMicros()) * MICRO_NANOS) + " as a range, which is "
                + Quantity.number(last(gets.pageMicros()) / last(range.pageMicros())) + " times as fast as gets.";
    }

    private static double last(Plot.SeriesBuilder series) {
        return series.y().get(series.y().size() - 1);
    }

    private static Post post(int number) {
        return new Post(1, number, number, "x".repeat(TEXT_BYTES));
    }

    private static SortedLogOptions options() {
        return SortedLogOptions.defaults()
                .withMemtableBytes(MEMTABLE_BYTES)
                .withTableList(TableListKind.EPHEMERAL)
                .withMaintenance(MaintenanceKind.FOREGROUND);
    }

    private static Feeds blobs(OrderedLogStore store) {
        BlobFeed feed = new BlobFeed(store);
        return new Feeds() {
            @Override
            public void fill(long reader, List<Post> newestFirst) {
                feed.replace(reader, newestFirst);
            }

            @Override
            public void publish(long reader, Post post) {
                feed.publish(reader, post);
            }

            @Override
            public List<Post> newest(long reader, int limit) {
                return feed.newest(reader, limit);
            }
        };
    }

    private static Feeds gets(OrderedLogStore store) {
        GetsFeed feed = new GetsFeed(store);
        return new Feeds() {
            @Override
            public void fill(long reader, List<Post> newestFirst) {
                for (int i = newestFirst.size() - 1; i >= 0; i--) {
                    feed.publish(reader, newestFirst.get(i));
                }
            }

            @Override
            public void publish(long reader, Post post) {
                feed.publish(reader, post);
            }

            @Override
            public List<Post> newest(long reader, int limit) {
                return feed.newest(reader, limit);
            }
        };
    }

    /** Feeds as ranges: the reader whose feed it is takes the place of the author in the key. */
    private static Feeds ranges(OrderedLogStore store) {
        Feed feed = new Feed(store, Secrets.ring());
        return new Feeds() {
            @Override
            public void fill(long reader, List<Post> newestFirst) {
                newestFirst.forEach(post -> publish(reader, post));
            }

            @Override
            public void publish(long reader, Post post) {
                feed.publish(new Post(reader, post.timestampMillis(), post.postId(), post.text()));
            }

            @Override
            public List<Post> newest(long reader, int limit) {
                return feed.firstPage(FeedFilter.everything(reader), limit).posts();
            }
        };
    }
}
