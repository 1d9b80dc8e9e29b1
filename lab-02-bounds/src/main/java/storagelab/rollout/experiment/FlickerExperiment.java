package storagelab.rollout.experiment;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.rollout.Rollout;
import storagelab.rollout.RolloutRing;
import storagelab.rollout.toy.CoinRollout;

/**
 * A feature is ramped up week by week, from 1 % to everybody. Each week every user makes ten requests. The flag is a coin
 * for one half of the experiment and a ring for the other.
 */
public final class FlickerExperiment implements Experiment {
    private static final int[] SHARES_PERCENT = {1, 5, 10, 25, 50, 75, 100};
    private static final int REQUESTS = 10;
    private static final int ASKED_PERCENT = 10;
    private static final int PER_MILLION = Rollout.EVERYBODY / 100;

    /** For the service loader. */
    public FlickerExperiment() {}

    @Override
    public String id() {
        return "2.flicker";
    }

    @Override
    public String question() {
        return "Does a user who has the new page keep it?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A flag is on for a random 10 % of the requests, and every user makes ten requests. What percentage of "
                        + "the users gets both the old page and the new one?",
                "percent of the users");
    }

    /** What users saw in one week, in percent of all of them, and what was taken from those who had the flag. */
    private record Week(double withFlag, double sawBoth, double takenAway) {}

    /** The users, week by week, of one kind of flag. */
    private static final class Users {
        private final int count;
        private BitSet hadIt = new BitSet();

        Users(int count) {
            this.count = count;
        }

        /** Lets every user make the requests of a week; {@code flag} is asked with the number of the user. */
        Week visit(IntPredicate flag) {
            BitSet hasIt = new BitSet(count);
            int answersOn = 0;
            int sawBoth = 0;
            int takenAway = 0;
            for (int user = 0; user < count; user++) {
                int on = 0;
                for (int request = 0; request < REQUESTS; request++) {
                    boolean isOn = flag.test(user);
                    on += isOn ? 1 : 0;
                    takenAway += request == 0 && hadIt.get(user) && !isOn ? 1 : 0;
                    hasIt.set(user, isOn);
                }
                answersOn += on;
                sawBoth += on > 0 && on < REQUESTS ? 1 : 0;
            }
            double taken = hadIt.isEmpty() ? 0 : 100.0 * takenAway / hadIt.cardinality();
            hadIt = hasIt;
            return new Week(100.0 * answersOn / REQUESTS / count, 100.0 * sawBoth / count, taken);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        ResultTable.Builder table = ResultTable.builder()
                .column("share", "%")
                .column("coin: requests on", "%")
                .column("coin: saw both", "%")
                .column("coin: lost it", "%")
                .column("ring: requests on", "%")
                .column("ring: saw both", "%")
                .column("ring: lost it", "%");
        Plot.SeriesBuilder coinBoth = Plot.Series.named("coin");
        Plot.SeriesBuilder ringBoth = Plot.Series.named("ring");
        Plot.SeriesBuilder coinTaken = Plot.Series.named("coin");
        Plot.SeriesBuilder ringTaken = Plot.Series.named("ring");
        int users = context.pick(100_000, 10_000);
        String[] names = new String[users];
        for (int user = 0; user < users; user++) {
            names[user] = "user-" + user;
        }
        Users coinUsers = new Users(users);
        Users ringUsers = new Users(users);
        SplittableRandom random = new SplittableRandom(context.seed());
        double asked = 0;
        for (int percent : SHARES_PERCENT) {
            context.progress("ramping to " + percent + " %", percent / 100.0);
            CoinRollout coin = new CoinRollout(random, percent * PER_MILLION);
            RolloutRing ring = new RolloutRing(Rollout.onOff("new-page", 0, percent * PER_MILLION));
            Week coinWeek = coinUsers.visit(user -> coin.isOn());
            Week ringWeek = ringUsers.visit(user -> ring.variantOf(names[user]).isPresent());
            table.row(
                    percent,
                    coinWeek.withFlag(),
                    coinWeek.sawBoth(),
                    coinWeek.takenAway(),
                    ringWeek.withFlag(),
                    ringWeek.sawBoth(),
                    ringWeek.takenAway());
            coinBoth.add(percent, coinWeek.sawBoth());
            ringBoth.add(percent, ringWeek.sawBoth());
            coinTaken.add(percent, coinWeek.takenAway());
            ringTaken.add(percent, ringWeek.takenAway());
            asked = percent == ASKED_PERCENT ? coinWeek.sawBoth() : asked;
        }
        Axis share = Axis.linear("share of the rollout", "%");
        return new ExperimentResult(
                table.build(),
                List.of(
                        new Plot.Curves(
                                "Users who saw both pages in ten requests",
                                share,
                                Axis.linear("users who saw both", "%"),
                                List.of(
                                        coinBoth.as(Style.MARKS),
                                        formula().as(Style.DASHED_LINE),
                                        ringBoth.as(Style.MARKS_AND_LINE))),
                        new Plot.Curves(
                                "Users who had the new page and lost it when the share grew",
                                share,
                                Axis.linear("lost it", "% of those who had it"),
                                List.of(coinTaken.as(Style.MARKS_AND_LINE), ringTaken.as(Style.MARKS_AND_LINE)))),
                asked,
                observation(asked, ringBoth.y(), ringTaken.y()));
    }

    /** What a coin does to users who make {@link #REQUESTS} requests: all of them on, or all off, or both. */
    private static Plot.SeriesBuilder formula() {
        Plot.SeriesBuilder formula = Plot.Series.named("1 − share¹⁰ − (1 − share)¹⁰");
        for (int percent = 1; percent <= 100; percent++) {
            double share = percent / 100.0;
            formula.add(percent, 100 * (1 - Math.pow(share, REQUESTS) - Math.pow(1 - share, REQUESTS)));
        }
        return formula;
    }

    private static String observation(double coinAtTen, List<Double> ringBoth, List<Double> ringTaken) {
        return "At 10 %, a coin at every request showed both pages to " + Quantity.number(coinAtTen)
                + " % of the users; the ring showed both to " + Quantity.number(max(ringBoth))
                + " %, at whatever share. Of those who had the new page in one week, the ring took it from "
                + Quantity.number(max(ringTaken)) + " % in the next.";
    }

    private static double max(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
