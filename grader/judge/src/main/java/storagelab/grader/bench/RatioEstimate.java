package storagelab.grader.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How many times the reference's time the student's is, from pairs of runs that were made one right after the other.
 *
 * <p>Times of programs are spread like factors, not like sums, so that the estimate works on the logarithms of the
 * pairs' ratios: their mean, and Student's t interval around it. A machine that grows slower or faster during the run
 * changes both halves of a pair alike and cancels out.
 *
 * @param ratio the estimate
 * @param low lower end of the 95 % confidence interval
 * @param high upper end of it
 */
public record RatioEstimate(double ratio, double low, double high) {
    /** Quantiles 0.975 of Student's t distribution for 1, 2, 3 … degrees of freedom. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131
    };

    private static final double T_FOR_MORE = 2.131;

    /** One run of each side. */
    record Pair(double student, double reference) {
        Pair {
            if (!(student > 0) || !(reference > 0)) {
                throw new IllegalArgumentException("times of " + student + " and " + reference + " ns");
            }
        }
    }

    /**
     * The estimate from at least two pairs.
     *
     * @throws IllegalArgumentException if there are fewer
     */
    static RatioEstimate of(List<Pair> pairs) {
        int count = pairs.size();
        if (count < 2) {
            throw new IllegalArgumentException(count + " pairs have no spread");
        }
        double[] logs = pairs.stream()
                .mapToDouble(pair -> Math.log(pair.student() / pair.reference()))
                .toArray();
        double mean = Arrays.stream(logs).average().orElseThrow();
        double squares =
                Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
        double standardError = Math.sqrt(squares / (count - 1) / count);
        double reach = (count - 2 < T.length ? T[count - 2] : T_FOR_MORE) * standardError;
        return new RatioEstimate(Math.exp(mean), Math.exp(mean - reach), Math.exp(mean + reach));
    }

    /** The middle of {@code values}, or the mean of the two in the middle. */
    static double median(List<Double> values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * The value that a quarter of {@code values} does not exceed: the figure of a JVM. Other work on the machine can
     * only add time, so that the quicker rounds say more than the slower ones, and the quickest may be a fluke.
     */
    static double firstQuartile(List<Double> values) {
        double[] sorted = sorted(values);
        return sorted[(sorted.length - 1) / 4];
    }

    private static double[] sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
