package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CostSampleTest {
    @Test
    @DisplayName("the example: a window with a merge in it moves neither the median nor the spread")
    void example() {
        CostSample sample = new CostSample(List.of(9.9, 10.0, 10.2, 10.1, 14.0));
        assertThat(sample.median(), is(10.1));
        assertThat(sample.spread(), closeTo(0.1, 1e-9));
    }

    @Test
    @DisplayName("of an even number of costs, the median is the mean of the two in the middle")
    void even() {
        CostSample sample = new CostSample(List.of(4.0, 1.0, 2.0, 100.0));
        assertThat(sample.median(), is(3.0));
        assertThat(sample.spread(), is(1.5));
        assertThat(new CostSample(List.of(7.0)).spread(), is(0.0));
    }

    @Test
    @DisplayName("refuses no costs, and what is not a cost")
    void errors() {
        assertThrows(IllegalArgumentException.class, () -> new CostSample(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new CostSample(List.of(1.0, -1.0)));
        assertThrows(IllegalArgumentException.class, () -> new CostSample(List.of(Double.NaN)));
        assertThrows(IllegalArgumentException.class, () -> new CostSample(List.of(Double.POSITIVE_INFINITY)));
    }

    @Test
    @DisplayName("options refuse numbers that mean nothing")
    void options() {
        TunerOptions options = TunerOptions.defaults();
        assertThrows(IllegalArgumentException.class, () -> options.withWindows(0, 1));
        assertThrows(IllegalArgumentException.class, () -> options.withWindows(1, -1));
        assertThrows(IllegalArgumentException.class, () -> options.withGain(-0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> options.withGain(0.1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> options.withStopRatio(1));
        assertThrows(IllegalArgumentException.class, () -> options.withShift(0));
        assertThrows(IllegalArgumentException.class, () -> options.withRest(0, 10));
        assertThrows(IllegalArgumentException.class, () -> options.withRest(11, 10));
    }
}
