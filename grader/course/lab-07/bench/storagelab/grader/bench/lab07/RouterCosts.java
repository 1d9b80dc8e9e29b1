package storagelab.grader.bench.lab07;

import java.util.List;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.recovery.EngineKind;

/** What a router moves for loads that come and go, and how long it takes to follow one that stays. The same for every seed: nothing is random. */
public final class RouterCosts implements CostProbe {
    private static final int HOT_GETS = 500;
    private static final int PUTS = 50;
    private static final int ROUNDS = 12 * RoutedRanges.PERIOD_ROUNDS;
    private static final int OSCILLATION = RoutedRanges.PERIOD_ROUNDS * 7 / 10;
    private static final int CROWD = RoutedRanges.PERIOD_ROUNDS * 6 / 10;
    private static final int SHIFT = 4 * RoutedRanges.PERIOD_ROUNDS;

    /** Whether a range is hot in a round. */
    private interface Load {
        boolean isHot(int range, int round);
    }

    /**
     * What a load led to.
     *
     * @param moves of all ranges
     * @param lateRounds rounds in which the hot range was still on the engine that costs more
     */
    private record Outcome(int moves, int lateRounds) {}

    @Override
    public List<Cost> count(long seed) {
        Outcome oscillating = run((range, round) -> range == 0 && round / OSCILLATION % 2 == 1);
        Outcome crowds = run((range, round) -> range < 4 && round % (3 * RoutedRanges.PERIOD_ROUNDS) < CROWD);
        Outcome shifting = run((range, round) -> range == round / SHIFT);
        double shifts = (double) ROUNDS / SHIFT;
        return List.of(
                Cost.atMost("moves a period, of a load that oscillates", oscillating.moves * (double) RoutedRanges.PERIOD_ROUNDS / ROUNDS, 1),
                Cost.atMost("moves for crowds that stay less than a period", crowds.moves, 0),
                Cost.atMost("periods until a hot spot is followed", shifting.lateRounds / shifts / RoutedRanges.PERIOD_ROUNDS, 2),
                Cost.timesReference("moves for a hot spot that shifts", shifting.moves, 1));
    }

    private static Outcome run(Load load) {
        RoutedRanges ranges = new RoutedRanges();
        int moves = 0;
        int lateRounds = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int range = 0; range < RoutedRanges.RANGES; range++) {
                boolean isHot = load.isHot(range, round);
                ranges.ask(range, isHot ? HOT_GETS : 0, PUTS);
                lateRounds += isHot && ranges.engineOf(range) == EngineKind.LSM ? 1 : 0;
            }
            moves += ranges.round().size();
        }
        return new Outcome(moves, lateRounds);
    }
}
