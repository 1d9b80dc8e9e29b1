package storagelab.hybrid.experiment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.cost.RangeData;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.Decision;
import storagelab.hybrid.EngineRouter;
import storagelab.hybrid.RoutedStore;
import storagelab.hybrid.RouterOptions;
import storagelab.recovery.EngineKind;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;
import storagelab.workload.TrackerOptions;

/**
 * Three loads on sixteen ranges, in simulated time: one that oscillates, one with flash crowds, and a hot spot that shifts. A router
 * decides which range is on which engine, or the toy's threshold does. Counted are moves, and the time that a range is on the wrong engine.
 */
public final class RouterExperiment implements Experiment {
    private static final int RANGES = 16;
    private static final long RANGE_BYTES = 64L << 20;
    private static final int ROUND_SECONDS = 10;
    private static final int HOUR = 3_600 / ROUND_SECONDS; // rounds
    private static final int SHIFT_HOURS = 1;
    private static final int PERIOD_MINUTES = 10;
    private static final int HOT_GETS = 500; // in a round
    private static final int PUTS = 50; // in a round, of each range
    private static final int PROMOTE_READS = 3;
    private static final int DEMOTE_ROUNDS = 6;
    private static final double GET_BTREE = 10; // microseconds, all made up
    private static final double GET_LSM = 50;
    private static final double PUT_BTREE = 100;
    private static final double PUT_LSM = 10;
    private static final String ROUTER = "router";
    private static final String THRESHOLD = "threshold of the toy";

    /** For the service loader. */
    public RouterExperiment() {}

    @Override
    public String id() {
        return "7.router";
    }

    @Override
    public String question() {
        return "When is a change of the load worth a move?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Of " + RANGES
                        + " ranges, one is read much, and each hour it is another one. A range is moved when its load has asked for the other "
                        + "engine for " + PERIOD_MINUTES
                        + " minutes. A range that is not read much is written a little. For how many percent of the time is a range on the wrong engine "
                        + "that is or was the hot one, if these times are added up?",
                "percent");
    }

    /** What is asked for in each round: {@code gets} of a range; each range also has the same few puts. */
    private record Load(String name, Gets gets) {}

    /** The gets of a range in a round. */
    private interface Gets {
        int of(int range, int round);
    }

    /** The rounds of {@code minutes}. */
    private static int minutes(int minutes) {
        return minutes * 60 / ROUND_SECONDS;
    }

    private static final List<Load> LOADS = List.of(
            new Load(
                    "oscillating, 7 minutes each",
                    (range, round) -> range == 0 && round / minutes(7) % 2 == 1 ? HOT_GETS : 0),
            new Load(
                    "flash crowds of 6 minutes",
                    (range, round) -> range < RANGES / 4 && round % HOUR >= minutes(30) && round % HOUR < minutes(36)
                            ? HOT_GETS
                            : 0),
            new Load(
                    "hot spot shifts each hour",
                    (range, round) -> range == round / (SHIFT_HOURS * HOUR) % RANGES ? HOT_GETS : 0));

    /** What a load has cost under one rule. */
    private record Outcome(
            String load, String rule, int hours, List<Integer> movesByHour, double wrongMinutes, double lostMicros) {
        int moves() {
            return movesByHour.stream().mapToInt(Integer::intValue).sum();
        }

        double moveMicros() {
            return moves() * (double) RANGE_BYTES * RouterOptions.defaults().moveMicros();
        }
    }

    /** Where ranges are, and what moves them. */
    private interface Rule {
        /** Ends a round, and returns the ranges that have moved to the other engine. */
        List<Integer> moved(int round, int[] gets);
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int hours = context.pick(12, 3);
        List<Outcome> outcomes = new ArrayList<>();
        for (Load load : LOADS) {
            context.progress(load.name, outcomes.size() / (2.0 * LOADS.size()));
            Clock clock = new Clock();
            AccessTracker tracker = new AccessTracker(
                    TrackerOptions.defaults().withClock(clock).withHalfLife(Duration.ofSeconds(2 * ROUND_SECONDS)));
            outcomes.add(measure(load, ROUTER, hours, () -> router(tracker, clock)));
            outcomes.add(measure(load, THRESHOLD, hours, RouterExperiment::threshold));
        }
        Outcome shifting = outcomes.get(outcomes.size() - 2);
        double answer = 100 * shifting.wrongMinutes / (60.0 * hours);
        return new ExperimentResult(table(outcomes), plots(outcomes), answer, observation(outcomes, answer));
    }

    private static Outcome measure(Load load, String name, int hours, Supplier<Rule> rules) {
        Rule rule = rules.get();
        EngineKind[] engines = new EngineKind[RANGES];
        Arrays.fill(engines, EngineKind.LSM);
        Integer[] movesByHour = new Integer[hours];
        Arrays.fill(movesByHour, 0);
        double lostMicros = 0;
        long wrongRounds = 0;
        for (int round = 0; round < hours * HOUR; round++) {
            int[] gets = new int[RANGES];
            for (int range = 0; range < RANGES; range++) {
                gets[range] = load.gets.of(range, round);
                EngineCosts costs = costs(gets[range], PUTS, 1);
                wrongRounds += engines[range] == costs.cheaper() ? 0 : 1;
                lostMicros += costs.of(engines[range]) - costs.of(costs.cheaper());
            }
            for (int range : rule.moved(round, gets)) {
                engines[range] = engines[range] == EngineKind.LSM ? EngineKind.BTREE : EngineKind.LSM;
                movesByHour[round / HOUR]++;
            }
        }
        return new Outcome(
                load.name, name, hours, List.of(movesByHour), wrongRounds * (double) ROUND_SECONDS / 60, lostMicros);
    }

    private static EngineCosts costs(double gets, double puts, double seconds) {
        return new EngineCosts(
                (GET_BTREE * gets + PUT_BTREE * puts) / seconds, (GET_LSM * gets + PUT_LSM * puts) / seconds);
    }

    private static Rule router(AccessTracker tracker, Clock clock) {
        for (int range = 1; range < RANGES; range++) {
            tracker.split(key(range));
        }
        EngineRouter router = new EngineRouter(
                tracker,
                new Simulated(),
                (load, seconds, data) -> costs(load.gets(), load.writes(), seconds),
                RouterOptions.defaults()
                        .withClock(clock)
                        .withPeriod(Duration.ofMinutes(PERIOD_MINUTES))
                        .withBoundaries(BoundaryOptions.defaults().withColdRequests(0)));
        return (round, gets) -> {
            for (int range = 0; range < RANGES; range++) {
                for (int i = 0; i < PUTS; i++) {
                    tracker.put(key(range), Shop.VALUE_BYTES);
                }
                for (int i = 0; i < gets[range]; i++) {
                    tracker.hit(key(range), Shop.VALUE_BYTES);
                }
            }
            clock.millis += 1_000L * ROUND_SECONDS;
            List<RangeStatistics> ranges = tracker.ranges();
            List<Integer> moved = new ArrayList<>();
            for (Decision move : router.decide()) {
                router.ended(move.range());
                moved.add(ranges.stream().map(RangeStatistics::range).toList().indexOf(move.range()));
            }
            return moved;
        };
    }

    /** Moves a range when it has been read for the third time, and back when a minute has passed without a read. */
    private static Rule threshold() {
        int[] reads = new int[RANGES]; // since the range was moved back
        int[] lastRead = new int[RANGES];
        boolean[] isHot = new boolean[RANGES];
        return (round, gets) -> {
            List<Integer> moved = new ArrayList<>();
            for (int range = 0; range < RANGES; range++) {
                reads[range] += gets[range];
                lastRead[range] = gets[range] > 0 ? round : lastRead[range];
                boolean isMoved = isHot[range]
                        ? round - lastRead[range] >= DEMOTE_ROUNDS
                        : gets[range] > 0 && reads[range] >= PROMOTE_READS;
                if (isMoved) {
                    isHot[range] = !isHot[range];
                    reads[range] = 0;
                    moved.add(range);
                }
            }
            return moved;
        };
    }

    private static Slice key(int range) {
        return Shop.product(range);
    }

    /** Ranges of one size that are all on the LSM tree at first, and are never divided. */
    private static final class Simulated implements RoutedStore {
        @Override
        public EngineKind engineOf(KeyRange range) {
            return EngineKind.LSM;
        }

        @Override
        public RangeData dataOf(KeyRange range) {
            return RangeData.uniform(RANGE_BYTES / Shop.VALUE_BYTES, RANGE_BYTES);
        }

        @Override
        public Optional<Slice> dividerOf(KeyRange range) {
            return Optional.empty();
        }
    }

    /** Simulated time. */
    private static final class Clock implements InstantSource {
        private long millis;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }

    private static ResultTable table(List<Outcome> outcomes) {
        ResultTable.Builder table = ResultTable.builder()
                .column("load")
                .column("moved by")
                .column("hours")
                .column("moves")
                .column("moved", "MiB")
                .column("on the wrong engine", "range-minutes")
                .column("work lost there", "s")
                .column("work of the moves", "s");
        outcomes.forEach(outcome -> table.row(
                outcome.load,
                outcome.rule,
                outcome.hours,
                outcome.moves(),
                outcome.moves() * (RANGE_BYTES >> 20),
                outcome.wrongMinutes,
                outcome.lostMicros / 1e6,
                outcome.moveMicros() / 1e6));
        return table.build();
    }

    private static List<Plot> plots(List<Outcome> outcomes) {
        List<Plot> plots = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i += 2) {
            List<Plot.Series> series = outcomes.subList(i, i + 2).stream()
                    .map(RouterExperiment::movesSoFar)
                    .toList();
            plots.add(new Plot.Curves(
                    outcomes.get(i).load, Axis.linear("time", "hours"), Axis.linear("moves so far", "ranges"), series));
        }
        return plots;
    }

    private static Plot.Series movesSoFar(Outcome outcome) {
        Plot.SeriesBuilder moves = Plot.Series.named(outcome.rule);
        int sum = 0;
        for (int hour = 0; hour < outcome.hours; hour++) {
            sum += outcome.movesByHour.get(hour);
            moves.add(hour + 1.0, sum);
        }
        return moves.as(Style.MARKS_AND_LINE);
    }

    private static String observation(List<Outcome> outcomes, double answer) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < outcomes.size(); i += 2) {
            Outcome router = outcomes.get(i);
            Outcome threshold = outcomes.get(i + 1);
            text.append(router.load)
                    .append(": ")
                    .append(router.moves())
                    .append(" moves by the router, ")
                    .append(threshold.moves())
                    .append(" by the threshold. ");
        }
        return text + "When the hot spot shifts, ranges are on the wrong engine for " + Quantity.number(answer)
                + " % of the time: that is the price for not believing a change before it has lasted.";
    }
}
