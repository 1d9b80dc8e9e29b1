package storagelab.workload;

import com.google.common.util.concurrent.AtomicDoubleArray;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/**
 * Estimates the weight that each key was given, in memory that does not grow with the number of keys. An estimate is never too
 * small. It is too large by more than ε·N, where N is the weight of all keys together, with the probability δ at most.
 *
 * <p>The sketch has d rows of w cells: w is the smallest power of two that is at least e / ε, and d the smallest whole number
 * that is at least ln(1 / δ). A key has one cell in each row. With the hash {@code h = KeyHash.of(key, seed)}, its cell in row i
 * is number {@code KeyHash.derive(h, i) mod w}, where rows and cells are counted from 0 and the hash is taken as an unsigned
 * number. A weight is added to all d cells of its key. The estimate for a key is the smallest of its cells.
 *
 * <p>Why the bounds hold: each cell of a key has the weight of the key, and that of all keys that share the cell, on average at
 * most N / w ≤ ε·N / e. So it is more than ε·N with a probability of at most 1 / e (Markov's inequality). All d cells are that
 * bad with a probability of at most e^−d ≤ δ.
 *
 * <p>Example: ε = 0.5 and δ = 0.1 give 3 rows of 8 cells. With the seed 3, they are these after {@code hose} was given the
 * weight 5, {@code rake} 2, {@code seed} 1 and {@code pots} 4:
 *
 * <pre>
 *            cell 0    1    2    3    4    5    6    7
 *   row 0         1    9    0    0    2    0    0    0     hose 1, rake 4, seed 0, pots 1
 *   row 1         0    4    0    5    0    0    3    0     hose 3, rake 6, seed 6, pots 1
 *   row 2         0    0    0    0    0    4    6    2     hose 6, rake 7, seed 6, pots 5
 * </pre>
 *
 * <p>The estimate for {@code hose} is the smallest of 9, 5 and 6, which is right. {@code twine} was never added, but its cells
 * 0, 6 and 5 are those of other keys: its estimate is 1.
 *
 * <p>Cost: {@code add} and {@code estimate} take one hash of the key and d cells. Memory: 8·d·w bytes.
 *
 * <p>Concurrency: any number of threads. No weight is lost, and no thread waits for another one.
 *
 * <p>Source: Cormode and Muthukrishnan, "An Improved Data Stream Summary: The Count-Min Sketch and its Applications" (2005).
 */
@ExercisePart("7.2")
public final class CountMinSketch {
    /** The greatest number of cells: 128 MiB. */
    public static final int CELLS_MAX = 1 << 24;

    private final long seed;
    private final int width;
    private final int depth;
    private final AtomicDoubleArray cells; // row after row

    /**
     * A sketch in which all keys have the weight 0.
     *
     * @param epsilon ε, the error as a part of the weight of all keys
     * @param delta δ, the probability of a greater error
     * @param seed of the hashes
     * @throws IllegalArgumentException if ε or δ is not greater than 0 and less than 1, or if there were more than
     *     {@link #CELLS_MAX} cells
     */
    public CountMinSketch(double epsilon, double delta, long seed) {
        this(seed, width(epsilon, delta), depth(delta));
    }

    private CountMinSketch(long seed, int width, int depth) {
        this.seed = seed;
        this.width = width;
        this.depth = depth;
        this.cells = new AtomicDoubleArray(width * depth);
    }

    private static int width(double epsilon, double delta) {
        if (!(epsilon > 0 && epsilon < 1 && delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("a sketch with ε = " + epsilon + " and δ = " + delta);
        }
        long width = 1;
        while (width < Math.E / epsilon && width <= CELLS_MAX) {
            width *= 2;
        }
        if (width * depth(delta) > CELLS_MAX) {
            throw new IllegalArgumentException(
                    "a sketch with ε = " + epsilon + " and δ = " + delta + " has more than " + CELLS_MAX + " cells");
        }
        return (int) width;
    }

    private static int depth(double delta) {
        return Math.max(1, (int) Math.ceil(-Math.log(delta)));
    }

    /** The number of cells in a row, w. */
    public int width() {
        return width;
    }

    /** The number of rows, d. */
    public int depth() {
        return depth;
    }

    /**
     * Adds {@code weight} to that of {@code key}.
     *
     * @throws IllegalArgumentException if it is negative, infinite or not a number; nothing is added
     */
    public void add(Slice key, double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a weight of " + weight);
        }
        long hash = KeyHash.of(key, seed);
        for (int row = 0; row < depth; row++) {
            cells.addAndGet(cell(hash, row), weight);
        }
    }

    /** At least the weight that {@code key} was given. */
    public double estimate(Slice key) {
        long hash = KeyHash.of(key, seed);
        double smallest = Double.POSITIVE_INFINITY;
        for (int row = 0; row < depth; row++) {
            smallest = Math.min(smallest, cells.get(cell(hash, row)));
        }
        return smallest;
    }

    private int cell(long hash, int row) {
        return row * width + (int) (KeyHash.derive(hash, row) & (width - 1));
    }

    /** The weight of all keys together, N. Each row has it; so {@link #add} need not count it. Cost: O(w). */
    public double total() {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += cells.get(i);
        }
        return sum;
    }

    /**
     * A sketch of its own whose cells have {@code factor} times the weight that they have here. This one stays as it is. Cost:
     * O(d·w).
     */
    public CountMinSketch scaled(double factor) {
        CountMinSketch scaled = new CountMinSketch(seed, width, depth);
        for (int i = 0; i < width * depth; i++) {
            scaled.cells.set(i, factor * cells.get(i));
        }
        return scaled;
    }
}
