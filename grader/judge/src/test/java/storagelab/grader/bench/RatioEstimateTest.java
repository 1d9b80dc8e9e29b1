package storagelab.grader.bench;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.bench.RatioEstimate.Pair;

@DisplayName("The ratio of two times")
final class RatioEstimateTest {
    @Test
    @DisplayName("of three pairs is that of a calculation by hand")
    void byHand() {
        // Ratios 1, 2 and 4: logarithms 0, ln 2 and 2 ln 2, mean ln 2, standard error ln 2 / sqrt 3, t = 4.303.
        RatioEstimate estimate = RatioEstimate.of(List.of(new Pair(5, 5), new Pair(14, 7), new Pair(12, 3)));

        double reach = Math.exp(4.303 * Math.log(2) / Math.sqrt(3));
        assertThat(estimate.ratio(), closeTo(2, 1e-12));
        assertThat(estimate.low(), closeTo(2 / reach, 1e-12));
        assertThat(estimate.high(), closeTo(2 * reach, 1e-12));
    }

    @Test
    @DisplayName("is inside the interval in about 95 of 100 runs")
    void coverage() {
        long seed = Long.getLong("seed", 20_261_121);
        Random random = new Random(seed);
        int inside = 0;
        int runs = 4_000;
        for (int run = 0; run < runs; run++) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                pairs.add(new Pair(
                        130 * Math.exp(0.1 * random.nextGaussian()), 100 * Math.exp(0.1 * random.nextGaussian())));
            }
            RatioEstimate estimate = RatioEstimate.of(pairs);
            inside += estimate.low() <= 1.3 && 1.3 <= estimate.high() ? 1 : 0;
        }
        assertThat(
                "seed " + seed, (double) inside / runs, both(greaterThan(0.935)).and(lessThan(0.965)));
    }

    @Test
    @DisplayName("does not change when the machine grows three times slower in the middle of the run")
    void drift() {
        List<Pair> pairs = List.of(new Pair(110, 100), new Pair(113, 101), new Pair(330, 302), new Pair(342, 305));

        RatioEstimate estimate = RatioEstimate.of(pairs);

        assertThat(estimate.ratio(), closeTo(1.11, 0.01));
        assertThat(estimate.high() / estimate.low(), lessThan(1.1));
    }

    @Test
    @DisplayName("needs two pairs of positive times")
    void tooFew() {
        assertThrows(IllegalArgumentException.class, () -> RatioEstimate.of(List.of(new Pair(1, 1))));
        assertThrows(IllegalArgumentException.class, () -> new Pair(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Pair(1, Double.NaN));
    }

    @Test
    @DisplayName("takes the first quartile of a JVM's rounds, and the median of JVMs")
    void quantiles() {
        assertThat(RatioEstimate.firstQuartile(List.of(9.0, 1.0, 5.0, 3.0, 7.0)), is(3.0));
        assertThat(RatioEstimate.firstQuartile(List.of(4.0)), is(4.0));
        assertThat(RatioEstimate.median(List.of(9.0, 1.0, 5.0)), is(5.0));
        assertThat(RatioEstimate.median(List.of(9.0, 1.0, 5.0, 7.0)), is(6.0));
    }
}
