package storagelab.experiment;

import java.util.List;

/**
 * The straight line nearest to measured points, by least squares: {@code y = intercept + slope * x}.
 *
 * @param intercept the ordinate at x = 0
 * @param slope how much y grows when x grows by one
 * @param rSquared the share of the variance of y that the line explains; 1 when every point lies on it
 */
public record LineFit(double intercept, double slope, double rSquared) {
    /**
     * Fits the points (x₀, y₀), (x₁, y₁), …
     *
     * @throws IllegalArgumentException if there are fewer than two different abscissae
     */
    public static LineFit of(List<Double> x, List<Double> y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.size(); i++) {
            double dx = x.get(i) - meanX;
            double dy = y.get(i) - meanY;
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
        if (xx == 0) {
            throw new IllegalArgumentException("no line through points with the abscissae " + x);
        }
        double slope = xy / xx;
        return new LineFit(meanY - slope * meanX, slope, yy == 0 ? 1 : xy * xy / (xx * yy));
    }

    /** The ordinate of the line at {@code x}. */
    public double at(double x) {
        return intercept + slope * x;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
