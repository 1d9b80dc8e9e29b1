// exercise: 7.2
// type: storagelab.workload.CountMinSketch
// verdict: accepted
// because: each cell is an adder, so that threads which add to the same key do not wait for the same memory
import java.util.concurrent.atomic.DoubleAdder;

public final class CountMinSketch {
    private final DoubleAdder[] cells;

    private CountMinSketch(long seed, int width, int depth) {
        this.seed = seed;
        this.width = width;
        this.depth = depth;
        this.cells = new DoubleAdder[width * depth];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new DoubleAdder();
        }
    }

    public void add(Slice key, double weight) {
        if (Double.isNaN(weight) || Double.isInfinite(weight) || weight < 0) {
            throw new IllegalArgumentException("the weight " + weight + " of " + key);
        }
        for (int row = 0; row < depth; row++) {
            cell(key, row).add(weight);
        }
    }

    private DoubleAdder cell(Slice key, int row) {
        long hash = KeyHash.derive(KeyHash.of(key, seed), row);
        return cells[row + depth * (int) Long.remainderUnsigned(hash, width)];
    }

    public double estimate(Slice key) {
        double estimate = cell(key, 0).sum();
        for (int row = 1; row < depth; row++) {
            estimate = Math.min(estimate, cell(key, row).sum());
        }
        return estimate;
    }

    public double total() {
        double total = 0;
        for (int i = depth - 1; i < cells.length; i += depth) {
            total += cells[i].sum();
        }
        return total;
    }

    public CountMinSketch scaled(double factor) {
        CountMinSketch other = new CountMinSketch(seed, width, depth);
        for (int i = 0; i < cells.length; i++) {
            other.cells[i].add(cells[i].sum() * factor);
        }
        return other;
    }
}
