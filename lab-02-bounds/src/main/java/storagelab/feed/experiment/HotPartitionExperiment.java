package storagelab.feed.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.feed.PartitionedFeed;
import storagelab.feed.Post;
import storagelab.feed.PostKeys;
import storagelab.feed.toy.OnePlaceFeed;

/**
 * Sixteen machines with a range of the keys each, ten thousand users, and one celebrity who gets a growing share of all
 * posts. The toy keeps each user's posts in one place, the partitioned feed spreads them.
 */
public final class HotPartitionExperiment implements Experiment {
    private static final int MACHINES = 16;
    private static final int USERS = 10_000;
    private static final long CELEBRITY = 5_000;
    private static final int PAGE = 20;
    private static final int ROUNDS = 10;
    private static final int PAGES_A_ROUND = 50;
    private static final long NOW_MILLIS = 1_700_000_000_000L;
    private static final int[] SHARES_PERCENT = {0, 10, 25, 50, 75, 90};
    private static final int[] PARTITIONS = {1, 2, 4, 8, 16, 32, 64};
    private static final int ASKED_PERCENT = 50;

    /** For the service loader. */
    public HotPartitionExperiment() {}

    @Override
    public String id() {
        return "2.hot-partition";
    }

    @Override
    public String question() {
        return "What does one celebrity do to a cluster?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Sixteen machines have the same number of users each; half of all posts go to one user. How many times as "
                        + "much as the average machine has the busiest one to do?",
                "times the mean");
    }

    /** What one kind of feed did to the machines, and what reading a page of it cost. */
    private record Outcome(double busiest, double seeksPerPage, double pageNanos) {}

    /** Reads the newest page of the celebrity. */
    private interface PageReader {
        List<Post> read();
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        ResultTable.Builder table = ResultTable.builder()
                .column("feed")
                .column("partitions")
                .column("posts of the celebrity", "%")
                .column("busiest machine", "times the mean")
                .column("seeks a page")
                .column("page", "µs");
        Plot.SeriesBuilder onePlace = Plot.Series.named("in one place");
        Plot.SeriesBuilder salted = Plot.Series.named("16 partitions");
        Outcome hot = new Outcome(0, 0, 0);
        Outcome cool = hot;
        context.progress("warming up", 0);
        onePlace(context, ASKED_PERCENT);
        partitioned(context, ASKED_PERCENT, MACHINES);
        for (int percent : SHARES_PERCENT) {
            context.progress(percent + " % of the posts are of one user", percent / 200.0);
            Outcome toy = onePlace(context, percent);
            Outcome spread = partitioned(context, percent, MACHINES);
            table.row("in one place", 1, percent, toy.busiest(), toy.seeksPerPage(), micros(toy));
            table.row("partitioned", MACHINES, percent, spread.busiest(), spread.seeksPerPage(), micros(spread));
            onePlace.add(percent, toy.busiest());
            salted.add(percent, spread.busiest());
            hot = percent == ASKED_PERCENT ? toy : hot;
            cool = percent == ASKED_PERCENT ? spread : cool;
        }
        Plot.SeriesBuilder times = Plot.Series.named("a page of " + PAGE + " posts");
        for (int partitions : PARTITIONS) {
            context.progress(partitions + " partitions", 0.5 + partitions / 130.0);
            Outcome outcome = partitions == MACHINES ? cool : partitioned(context, ASKED_PERCENT, partitions);
            if (partitions != MACHINES) {
                table.row(
                        "partitioned",
                        partitions,
                        ASKED_PERCENT,
                        outcome.busiest(),
                        outcome.seeksPerPage(),
                        micros(outcome));
            }
            times.add(partitions, micros(outcome));
        }
        return new ExperimentResult(
                table.build(),
                List.of(
                        new Plot.Curves(
                                "The busiest of 16 machines",
                                Axis.linear("posts of the celebrity", "% of all"),
                                Axis.linear("writes of the busiest machine", "times the mean"),
                                List.of(onePlace.as(Style.MARKS_AND_LINE), salted.as(Style.MARKS_AND_LINE))),
                        new Plot.Curves(
                                "What spreading costs the readers",
                                Axis.linear("partitions", ""),
                                Axis.linear("time to read a page in memory", "µs"),
                                List.of(times.as(Style.MARKS_AND_LINE)))),
                hot.busiest(),
                observation(hot, cool));
    }

    private static String observation(Outcome hot, Outcome cool) {
        return "With half of all posts by one user, the busiest machine wrote " + Quantity.number(hot.busiest())
                + " times the mean, so that the cluster took " + Quantity.number(MACHINES / hot.busiest())
                + " machines' worth of posts; spread over 16 partitions it wrote " + Quantity.number(cool.busiest())
                + " times the mean. Readers pay: " + Quantity.number(cool.seeksPerPage()) + " seeks a page instead of "
                + Quantity.number(hot.seeksPerPage()) + ", " + Quantity.duration(cool.pageNanos()) + " instead of "
                + Quantity.duration(hot.pageNanos()) + " in memory.";
    }

    private static double micros(Outcome outcome) {
        return outcome.pageNanos() / 1e3;
    }

    private static Outcome onePlace(ExperimentContext context, int percent) throws IOException {
        List<Slice> firstKeys = new ArrayList<>(List.of(Slice.EMPTY));
        for (int machine = 1; machine < MACHINES; machine++) {
            firstKeys.add(PostKeys.prefix((long) machine * USERS / MACHINES));
        }
        Machines machines = new Machines(MACHINES, firstKeys);
        OnePlaceFeed feed = new OnePlaceFeed(machines);
        publish(context, percent, feed::publish);
        return outcome(context, machines, () -> feed.newest(CELEBRITY, PAGE));
    }

    private static Outcome partitioned(ExperimentContext context, int percent, int partitions) throws IOException {
        List<Slice> firstKeys = new ArrayList<>(List.of(Slice.EMPTY));
        int working = Math.min(partitions, MACHINES); // with fewer partitions than machines, some have none
        for (int machine = 1; machine < working; machine++) {
            firstKeys.add(Slice.copyOf((byte) (machine * partitions / working)));
        }
        Machines machines = new Machines(MACHINES, firstKeys);
        PartitionedFeed feed = new PartitionedFeed(machines, partitions);
        publish(context, percent, feed::publish);
        return outcome(context, machines, () -> feed.newest(CELEBRITY, PAGE));
    }

    /** The same posts for the same seed and percentage: one each millisecond, by the celebrity or by anybody else. */
    private static void publish(ExperimentContext context, int percent, Consumer<Post> feed) {
        SplittableRandom random = new SplittableRandom(context.seed());
        int posts = context.pick(100_000, 10_000);
        for (int i = 0; i < posts; i++) {
            long user = random.nextInt(100) < percent ? CELEBRITY : random.nextInt(USERS);
            feed.accept(new Post(user, NOW_MILLIS + i, 0, "post " + i));
        }
    }

    private static Outcome outcome(ExperimentContext context, Machines machines, PageReader reader) throws IOException {
        long before = machines.seeks();
        List<Post> page = reader.read();
        long seeks = machines.seeks() - before;
        long nanos = new Stopwatch(context).fastestNanos(ROUNDS, () -> {
            for (int i = 0; i < PAGES_A_ROUND; i++) {
                if (!reader.read().equals(page)) {
                    throw new AssertionError("a page that nobody changed is another when it is read again");
                }
            }
        });
        return new Outcome(machines.busiest(), seeks, (double) nanos / PAGES_A_ROUND);
    }
}
