package storagelab.hybrid;

import storagelab.cost.EngineCosts;
import storagelab.cost.RangeData;
import storagelab.workload.RangeStatistics;

/** Predicts what a load costs on each engine. */
@FunctionalInterface
public interface LoadCosts {
    /**
     * What a second of the load costs.
     *
     * @param load the requests of {@code seconds} seconds
     * @param seconds more than 0
     * @param data what the range holds
     */
    EngineCosts costs(RangeStatistics load, double seconds, RangeData data);
}
