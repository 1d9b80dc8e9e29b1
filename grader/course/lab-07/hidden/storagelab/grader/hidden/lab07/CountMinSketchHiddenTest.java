package storagelab.grader.hidden.lab07;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.workload.CountMinSketch;
import storagelab.workload.KeyHash;

@Tag("7.2")
@DisplayName("A count-min sketch")
final class CountMinSketchHiddenTest {
    @Test
    @DisplayName("has the smallest number of cells a row and of rows that the errors allow")
    void size() {
        record Case(double epsilon, double delta, int width, int depth) {}
        for (Case one : List.of(
                new Case(0.9, 0.9, 4, 1), // e / 0.9 = 3.02
                new Case(0.5, 0.1, 8, 3),
                new Case(Math.E / 1_024, 0.01, 1_024, 5),
                new Case(Math.E / 1_025, 0.01, 2_048, 5),
                new Case(0.01, Math.exp(-3.5), 512, 4),
                new Case(0.001, 1e-9, 4_096, 21))) {
            String sketch = "a sketch with ε = " + one.epsilon + " and δ = " + one.delta;
            Step.at(sketch);
            CountMinSketch made = new CountMinSketch(one.epsilon, one.delta, 1);
            assertEquals(one.width, made.width(), sketch + ", cells in a row");
            assertEquals(one.depth, made.depth(), sketch + ", rows");
        }
    }

    @Test
    @DisplayName("refuses errors that are none, and more cells than it may have")
    void refusedErrors() {
        for (double wrong : new double[] {0, -0.1, 1, 1.5, Double.NaN}) {
            refuses("ε = " + wrong, () -> new CountMinSketch(wrong, 0.1, 0));
            refuses("δ = " + wrong, () -> new CountMinSketch(0.1, wrong, 0));
        }
        refuses("ε = 1e-300, which needs 2^998 cells a row", () -> new CountMinSketch(1e-300, 0.1, 0));
        refuses("5 rows of 2^22 cells", () -> new CountMinSketch(Math.E / (1 << 22), 0.01, 0));
        refuses("one row of 2^25 cells", () -> new CountMinSketch(Math.E / (1 << 25), 0.5, 0));
        Step.at("4 rows of 2^22 cells, as many as there may be");
        assertEquals(1 << 22, new CountMinSketch(Math.E / (1 << 22), 0.02, 0).width(), "the cells of a row");
    }

    @Test
    @DisplayName("has each key in the cells that its hashes say, and estimates by the smallest")
    void cells() {
        Seeds.check(20, random -> {
            long seed = random.nextLong();
            CountMinSketch sketch = new CountMinSketch(0.3, 0.02, seed);
            double[][] cells = new double[4][16];
            double total = 0;
            for (int i = 0; i < 60; i++) {
                Slice key = key(random.nextInt(30));
                double weight = random.nextInt(64) / 8.0;
                total += weight;
                sketch.add(key, weight);
                for (int row = 0; row < 4; row++) {
                    cells[row][column(key, seed, row)] += weight;
                }
            }
            assertTrue(sketch.total() == total, "N: " + total + " was added, and it is " + sketch.total());
            for (int i = 0; i < 40; i++) {
                double smallest = Double.POSITIVE_INFINITY;
                for (int row = 0; row < 4; row++) {
                    smallest = Math.min(smallest, cells[row][column(key(i), seed, row)]);
                }
                double estimate = sketch.estimate(key(i));
                assertTrue(
                        estimate == smallest,
                        "the smallest of the four cells of " + key(i) + " should be " + smallest + ", the estimate is "
                                + estimate);
            }
        });
    }

    private static int column(Slice key, long seed, int row) {
        return (int) Long.remainderUnsigned(KeyHash.derive(KeyHash.of(key, seed), row), 16);
    }

    @Test
    @DisplayName("never estimates too little, and too much by more than ε·N only as often as δ says")
    void bounds() {
        // As bad as it can be: 88 keys, each with a little more than ε·N, so that no cell may have one besides its own.
        double epsilon = Math.E / 256;
        double delta = 0.05;
        int heavy = 88;
        int keys = 2_000;
        int rounds = 40;
        int[] wrong = {0};
        Seeds.check(rounds, random -> {
            CountMinSketch sketch = new CountMinSketch(epsilon, delta, random.nextLong());
            double light = 1.0 / 512;
            double total = heavy + keys * light;
            for (int key = 0; key < heavy + keys; key++) {
                sketch.add(key(key), key < heavy ? 1 : light);
            }
            for (int key = 0; key < heavy + keys; key++) {
                double weight = key < heavy ? 1 : light;
                double estimate = sketch.estimate(key(key));
                assertTrue(
                        estimate >= weight,
                        key(key) + " was given " + weight + ", and the estimate is only " + estimate);
                wrong[0] += key >= heavy && estimate > weight + epsilon * total ? 1 : 0;
            }
        });
        assertTrue(
                wrong[0] <= delta * keys * rounds,
                "with δ = " + delta + ", " + wrong[0] + " of " + keys * rounds
                        + " estimates are too large by more than ε·N: is a key in other cells in each row?");
    }

    @Test
    @DisplayName("refuses a weight that is none, and has added nothing")
    void refusedWeights() {
        CountMinSketch sketch = new CountMinSketch(0.1, 0.1, 1);
        sketch.add(key(1), 2);
        for (double wrong : new double[] {-1, -1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
            refuses("a weight of " + wrong, () -> sketch.add(key(1), wrong));
        }
        assertTrue(sketch.total() == 2, "after refused weights, N is " + sketch.total() + " and not 2");
        sketch.add(key(1), 0);
        assertTrue(sketch.estimate(key(1)) == 2, "after a weight of 0, the estimate is not the one before");
    }

    @Test
    @DisplayName("a scaled one has cells of its own")
    void scaled() {
        CountMinSketch sketch = new CountMinSketch(0.1, 0.01, 9);
        for (int i = 0; i < 100; i++) {
            sketch.add(key(i), i);
        }
        double[] before = new double[100];
        for (int i = 0; i < 100; i++) {
            before[i] = sketch.estimate(key(i));
        }
        CountMinSketch quarter = sketch.scaled(0.25);
        for (int i = 0; i < 100; i++) {
            assertTrue(
                    quarter.estimate(key(i)) == before[i] / 4,
                    "scaled by 0.25, the estimate " + before[i] + " has become " + quarter.estimate(key(i)));
        }
        quarter.add(key(1), 1_000);
        for (int i = 0; i < 100; i++) {
            assertTrue(
                    sketch.estimate(key(i)) == before[i],
                    "an estimate of the original was " + before[i] + ", and is " + sketch.estimate(key(i))
                            + " now: scaled returns another sketch, and leaves this one alone");
        }
        sketch.add(key(2), 1_000);
        assertTrue(quarter.total() == 4_950 / 4.0 + 1_000, "what is added to the original is in the scaled one, too");
    }

    @Test
    @DisplayName("does not keep the keys")
    void memory() {
        CountMinSketch sketch = new CountMinSketch(0.1, 0.1, 1);
        List<WeakReference<byte[]>> references = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] key = ("product/" + i).getBytes(UTF_8);
            references.add(new WeakReference<>(key));
            sketch.add(Slice.wrap(key), 1);
        }
        System.gc();
        long kept =
                references.stream().filter(reference -> reference.get() != null).count();
        assertTrue(kept <= 100, "after 20,000 keys, a sketch of 96 cells keeps " + kept + " of the keys");
        assertTrue(sketch.total() == 20_000, "N is " + sketch.total());
    }

    @Test
    @DisplayName("loses nothing of what threads add at the same time")
    void threads() throws InterruptedException {
        CountMinSketch sketch = new CountMinSketch(0.5, 0.02, 4);
        int adds = 200_000;
        try (Crew crew = new Crew()) {
            for (int thread = 0; thread < 3; thread++) {
                Slice own = key(thread);
                crew.start("adder-" + thread, () -> {
                    for (int i = 0; i < adds; i++) {
                        sketch.add(i % 2 == 0 ? own : key(7), 1);
                    }
                });
            }
            crew.join();
        }
        assertTrue(
                sketch.total() == 3 * adds,
                "three threads added " + 3 * adds + " together, and N is " + sketch.total());
        assertTrue(
                sketch.estimate(key(7)) >= 1.5 * adds,
                "three threads added " + 1.5 * adds + " to the same key, and the estimate is "
                        + sketch.estimate(key(7)));
    }

    @Test
    @DisplayName("adds and estimates while another thread holds its lock")
    void noLock() throws InterruptedException {
        CountMinSketch sketch = new CountMinSketch(0.5, 0.1, 4);
        sketch.add(key(1), 1);
        synchronized (sketch) {
            Crew.mustEnd("add and estimate must not wait for a lock", () -> {
                sketch.add(key(1), 1);
                sketch.estimate(key(1));
            });
        }
        assertTrue(sketch.estimate(key(1)) == 2, "1 and 1 was added, and the estimate is " + sketch.estimate(key(1)));
    }

    private static void refuses(String what, Runnable call) {
        Step.at(what);
        assertThrows(IllegalArgumentException.class, call::run, what + " should be refused");
    }

    private static Slice key(int number) {
        return Slice.utf8("product/" + number);
    }
}
