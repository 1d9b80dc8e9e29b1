package storagelab.hybrid;

import java.util.List;

/**
 * The costs of windows that were measured one after the other with one setting. The median stands for all of them: a
 * window with an expensive merge in it moves it little, however expensive the merge was.
 *
 * @param costs the cost of each window, in the order of the windows; at least one, none negative, all finite
 */
public record CostSample(List<Double> costs) {
    /** @throws IllegalArgumentException if there is no cost, or one is negative, infinite or not a number */
    public CostSample {
        costs = List.copyOf(costs);
        if (costs.isEmpty() || costs.stream().anyMatch(cost -> !(cost >= 0 && cost < Double.POSITIVE_INFINITY))) {
            throw new IllegalArgumentException("the costs " + costs);
        }
    }

    /** The cost in the middle; of an even number of costs, the mean of the two in the middle. */
    public double median() {
        return median(costs);
    }

    /**
     * How far the costs are from their median: the median of the distances. Of 9.9, 10.0, 10.2, 10.1 and 14.0 the median
     * is 10.1, the distances are 0.2, 0.1, 0.1, 0 and 3.9, and their median is 0.1.
     */
    public double spread() {
        double middle = median();
        return median(costs.stream().map(cost -> Math.abs(cost - middle)).toList());
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
