package storagelab.api;

import com.google.common.collect.ImmutableMap;
import java.util.Comparator;
import java.util.Map;

/**
 * What a store has done since it was opened, at one moment.
 *
 * @param metrics the metrics that the store keeps; one it does not keep is absent
 * @param getLatency how long gets took
 * @param writeLatency how long writes took, stalls included
 */
public record StoreStats(Map<Metric, Long> metrics, LatencySummary getLatency, LatencySummary writeLatency) {
    private static final Comparator<Metric> ORDER = Comparator.comparingInt(Metric::index);

    /** Copies the map, in the order in which the metrics were declared. */
    public StoreStats {
        metrics = metrics.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The value of {@code metric}, 0 if this store does not keep it. */
    public long get(Metric metric) {
        return metrics.getOrDefault(metric, 0L);
    }
}
