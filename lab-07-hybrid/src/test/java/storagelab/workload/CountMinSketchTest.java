package storagelab.workload;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

@Tag("7.2")
class CountMinSketchTest {
    @Test
    @DisplayName("the rows, cells and estimates of the example")
    void example() {
        CountMinSketch sketch = new CountMinSketch(0.5, 0.1, 3);
        assertThat("rows", sketch.depth(), is(3));
        assertThat("cells in a row", sketch.width(), is(8));
        sketch.add(Slice.utf8("hose"), 5);
        sketch.add(Slice.utf8("rake"), 2);
        sketch.add(Slice.utf8("seed"), 1);
        sketch.add(Slice.utf8("pots"), 4);
        assertThat(sketch.estimate(Slice.utf8("hose")), is(5.0));
        assertThat(sketch.estimate(Slice.utf8("rake")), is(2.0));
        assertThat(sketch.estimate(Slice.utf8("seed")), is(1.0));
        assertThat(sketch.estimate(Slice.utf8("pots")), is(4.0));
        assertThat("never added, but where others are", sketch.estimate(Slice.utf8("twine")), is(1.0));
        assertThat("never added", sketch.estimate(Slice.utf8("bulb")), is(0.0));
        assertThat(sketch.total(), is(12.0));
    }

    @Test
    @DisplayName("a thousandth of all, wrong for two of a hundred keys, takes four rows of 4,096 cells")
    void size() {
        CountMinSketch sketch = new CountMinSketch(0.001, 0.02, 0);
        assertThat(sketch.width(), is(4_096));
        assertThat(sketch.depth(), is(4));
        assertThat("one row is wrong for at most 37 of 100", new CountMinSketch(0.9, 0.4, 0).depth(), is(1));
        assertThat(new CountMinSketch(0.9, 0.36, 0).depth(), is(2));
        for (double wrong : new double[] {0, 1, -0.5, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new CountMinSketch(wrong, 0.1, 0));
            assertThrows(IllegalArgumentException.class, () -> new CountMinSketch(0.1, wrong, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new CountMinSketch(1e-7, 0.1, 0));
    }

    @Test
    @DisplayName("no estimate is too small, and few are too large by more than they may be")
    void bounds() {
        Seeds.check(10, random -> {
            double epsilon = 0.01;
            double delta = 0.05;
            CountMinSketch sketch = new CountMinSketch(epsilon, delta, random.nextLong());
            double[] weights = new double[20_000];
            double total = 0;
            for (int i = 0; i < 100_000; i++) {
                int key = (int) (weights.length * Math.pow(random.nextDouble(), 3));
                weights[key]++;
                total++;
                sketch.add(key(key), 1);
            }
            int wrong = 0;
            for (int key = 0; key < weights.length; key++) {
                double estimate = sketch.estimate(key(key));
                assertThat("the estimate for " + key, estimate, greaterThanOrEqualTo(weights[key]));
                wrong += estimate > weights[key] + epsilon * total ? 1 : 0;
            }
            assertThat("estimates that are too large", wrong, lessThanOrEqualTo((int) (delta * weights.length)));
        });
    }

    @Test
    @DisplayName("a scaled sketch has the scaled weights, and leaves its original alone")
    void scaled() {
        CountMinSketch sketch = new CountMinSketch(0.01, 0.01, 3);
        sketch.add(key(1), 8);
        CountMinSketch half = sketch.scaled(0.5);
        half.add(key(1), 1);
        assertThat(half.estimate(key(1)), is(5.0));
        assertThat(half.total(), is(5.0));
        assertThat("the original", sketch.estimate(key(1)), is(8.0));
    }

    @Test
    @DisplayName("of what several threads add at the same time, nothing is lost")
    void threads() throws InterruptedException {
        CountMinSketch sketch = new CountMinSketch(0.1, 0.1, 4);
        try (Crew crew = new Crew()) {
            crew.start(4, "adder", () -> {
                for (int i = 0; i < 100_000; i++) {
                    sketch.add(key(i % 4), 1);
                }
            });
            crew.join();
        }
        assertThat(sketch.total(), is(400_000.0));
        assertThat(sketch.estimate(key(1)), greaterThanOrEqualTo(100_000.0));
    }

    private static Slice key(int number) {
        return Slice.utf8("product/" + number);
    }
}
