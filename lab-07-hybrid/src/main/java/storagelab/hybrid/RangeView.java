package storagelab.hybrid;

import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import storagelab.api.KeyRange;
import storagelab.cost.EngineCosts;
import storagelab.recovery.EngineKind;
import storagelab.workload.RangeStatistics;

/**
 * What a round of the router has seen in a range of keys, or in several neighbouring ranges together.
 *
 * @param range the keys
 * @param engines that have them: one if it is a single range
 * @param readsPerSecond gets
 * @param writesPerSecond puts and deletes
 * @param scansPerSecond scans of any length
 * @param costs of a second of this load on each engine, predicted
 * @param bytes of keys and values, estimated
 * @param verdicts of how many ranges each was the verdict; verdicts of no range are left out
 */
public record RangeView(
        KeyRange range,
        Set<EngineKind> engines,
        double readsPerSecond,
        double writesPerSecond,
        double scansPerSecond,
        EngineCosts costs,
        long bytes,
        Map<Verdict, Integer> verdicts) {
    /** Copies what could change. */
    public RangeView {
        engines = Sets.immutableEnumSet(engines);
        verdicts = Maps.immutableEnumMap(verdicts);
    }

    /** What the router has seen in one range, with the requests of {@code seconds} seconds. */
    public static RangeView of(Decision decision, RangeStatistics load, double seconds) {
        return new RangeView(
                decision.range(),
                Set.of(decision.from()),
                load.gets() / seconds,
                load.writes() / seconds,
                load.scans() / seconds,
                decision.evidence().costs(),
                decision.evidence().bytes(),
                Map.of(decision.verdict(), 1));
    }

    /**
     * What the router has seen in each range.
     *
     * @throws IllegalArgumentException if {@code load} is not of the ranges of {@code decisions}
     */
    public static List<RangeView> of(List<Decision> decisions, List<RangeStatistics> load, double seconds) {
        if (load.size() != decisions.size()) {
            throw new IllegalArgumentException(decisions.size() + " decisions, the load of " + load.size() + " ranges");
        }
        List<RangeView> views = new ArrayList<>(decisions.size());
        for (int i = 0; i < decisions.size(); i++) {
            if (!decisions.get(i).range().equals(load.get(i).range())) {
                throw new IllegalArgumentException(
                        "a decision about " + decisions.get(i).range() + ", the load of "
                                + load.get(i).range());
            }
            views.add(of(decisions.get(i), load.get(i), seconds));
        }
        return views;
    }

    /** How many ranges it stands for. */
    public int rangeCount() {
        return verdicts.values().stream().mapToInt(count -> count).sum();
    }

    /** Requests of any kind. */
    public double requestsPerSecond() {
        return readsPerSecond + writesPerSecond + scansPerSecond;
    }

    /**
     * This range and the one above it as one: all numbers are added.
     *
     * @throws IllegalArgumentException if {@code upper} does not begin where this one ends
     */
    public RangeView plus(RangeView upper) {
        if (!upper.range.from().equals(range.to())) {
            throw new IllegalArgumentException(upper.range + " does not follow " + range);
        }
        Map<Verdict, Integer> sum = new EnumMap<>(Verdict.class);
        sum.putAll(verdicts);
        upper.verdicts.forEach((verdict, count) -> sum.merge(verdict, count, Integer::sum));
        return new RangeView(
                new KeyRange(range.from(), upper.range.to()),
                Sets.union(engines, upper.engines),
                readsPerSecond + upper.readsPerSecond,
                writesPerSecond + upper.writesPerSecond,
                scansPerSecond + upper.scansPerSecond,
                costs.plus(upper.costs),
                bytes + upper.bytes,
                sum);
    }
}
