package storagelab.adaptive;

import storagelab.course.ExercisePart;

/**
 * Says what a load costs on a tree of each shape: how many bytes the tree reads and writes for it. It is a forecast by formulas, so
 * that also shapes have a cost that the tree does not have.
 *
 * <p>Names: T is the factor, F the bytes of a flush, B those of a block, p the false positives, all of {@link AdaptiveOptions}.
 * N is how many bytes the tables had if each key had only its newest version. u is {@link LoadWindow#overwriteShare}.
 *
 * <p>A tree of a shape has s · N bytes, where s is its {@link #space}: these are n = s · N / F flushes, which need L levels: the
 * smallest L from 1 on with T^L ≥ n. A window of time has m = (bytes written / F) · (length of a window / millis of the load)
 * flushes, but at least 1; a load of 0 milliseconds counts as one of 1. Its levels are M, the smallest from 1 on with T^M ≥ m.
 *
 * <table>
 *   <caption>By shape: the space s, the writes w of each byte that is put, and the runs r</caption>
 *   <tr><th>shape</th><th>s</th><th>w</th><th>r, on average</th></tr>
 *   <tr><td>LEVELED</td><td>1 + u / (T − 1)</td><td>1 + L · T</td><td>L</td></tr>
 *   <tr><td>LAZY_LEVELED</td><td>1 + u</td><td>L − 1 + (T + 1) / 2</td><td>(L − 1) · (T − 1) / 2 + 1</td></tr>
 *   <tr><td>TIERED</td><td>1 + u · (T − 1) / 2</td><td>L</td><td>L · (T − 1) / 2</td></tr>
 *   <tr><td>TIME_WINDOW</td><td>1 + u · (T − 1) / 2</td><td>1 + M</td><td>n / m + M · (T − 1) / 2</td></tr>
 * </table>
 *
 * <p>They are those of {@link storagelab.compaction.CompactionSimulator.Shape}, with the runs between no run and the most there
 * can be. Only a leveled tree is merged table by table, so that its levels stay full: T writes a level.
 *
 * <p>The cost in bytes is the sum of
 *
 * <ul>
 *   <li>bytes written · (2 · w − 1): each byte is written w times, and read by each merge that writes it;
 *   <li>B for each hit, and p · B for each of the other r − 1 runs;
 *   <li>p · r · B for each miss;
 *   <li>r · B for each scan, as filters cannot help it, and s times the bytes that it returns.
 * </ul>
 *
 * <p>Example: T = 8, F = 4 MiB, B = 4096, p = 0.01, and N is 40 · F. In a while 100,000 keys were overwritten with
 * 100,000,000 bytes, 1,000,000 gets found nothing, and 1,000 scans returned 400,000,000 bytes. In millions of bytes:
 *
 * <pre>
 *                    s      n   L     w     r     writes   misses   scans      sum
 *   LEVELED       1.14   45.7   2    17     2       3300     81.9   465.3   3847.3
 *   LAZY_LEVELED     2     80   3   6.5     8       1200    327.7   832.8   2360.4
 *   TIERED         4.5    180   3     3  10.5        500    430.1  1843.0   2773.1
 * </pre>
 *
 * <p>Without the scans, TIERED would be the cheapest; with a hundred times as many misses, LEVELED.
 *
 * <p>Concurrency: immutable. Cost: O(L).
 */
@ExercisePart("7.9")
public final class ShapeCosts {
    private static final double OVERWRITES_MAX = 0.1;

    private final AdaptiveOptions options;

    /** Costs of a tree with these options. */
    public ShapeCosts(AdaptiveOptions options) {
        this.options = options;
    }

    /** How many bytes a tree of a shape has for each byte of the newest versions: s in the table. */
    public double space(TreeShape shape, LoadWindow load) {
        double stale = switch (shape) {
            case LEVELED -> 1.0 / (options.factor() - 1);
            case LAZY_LEVELED -> 1;
            case TIERED, TIME_WINDOW -> tier();
        };
        return 1 + load.overwriteShare() * stale;
    }

    /**
     * How many bytes a tree of a shape reads and writes for a load.
     *
     * <p>For TIME_WINDOW it is {@link Double#POSITIVE_INFINITY} if the options have no window. If they have one, and u is greater
     * than 0.1, it is twice the greatest cost of the other three: old versions of different windows never meet in a merge, so that
     * the tree would grow for ever, whatever it saves now.
     *
     * @param liveBytes N; it may be 0
     */
    public double bytes(TreeShape shape, LoadWindow load, double liveBytes) {
        if (shape == TreeShape.TIME_WINDOW && options.windowMillis() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (shape == TreeShape.TIME_WINDOW && load.overwriteShare() > OVERWRITES_MAX) {
            return 2 * greatestOfOthers(load, liveBytes);
        }
        double space = space(shape, load);
        double flushes = liveBytes * space / options.flushBytes();
        double windowFlushes = windowFlushes(load);
        double writes = writes(shape, flushes, windowFlushes);
        double runs = runs(shape, flushes, windowFlushes);
        double blocks = load.hits() * (1 + (runs - 1) * options.falsePositives())
                + load.misses() * runs * options.falsePositives()
                + load.scans() * runs;
        return load.writtenBytes() * (2 * writes - 1) + load.scannedBytes() * space + blocks * options.blockBytes();
    }

    private double greatestOfOthers(LoadWindow load, double liveBytes) {
        double greatest = 0;
        for (TreeShape other : TreeShape.values()) {
            greatest = other == TreeShape.TIME_WINDOW ? greatest : Math.max(greatest, bytes(other, load, liveBytes));
        }
        return greatest;
    }

    /** Flushes in a window of time while the load is as it is; at least one. */
    private double windowFlushes(LoadWindow load) {
        double flushes = (double) load.writtenBytes() / options.flushBytes();
        return Math.max(1, flushes * options.windowMillis() / Math.max(1, load.millis()));
    }

    private double writes(TreeShape shape, double flushes, double windowFlushes) {
        int levels = levels(flushes);
        int factor = options.factor();
        return switch (shape) {
            case LEVELED -> 1 + levels * factor;
            case LAZY_LEVELED -> levels - 1 + (factor + 1) / 2.0;
            case TIERED -> levels;
            case TIME_WINDOW -> 1 + levels(windowFlushes);
        };
    }

    private double runs(TreeShape shape, double flushes, double windowFlushes) {
        int levels = levels(flushes);
        return switch (shape) {
            case LEVELED -> levels;
            case LAZY_LEVELED -> (levels - 1) * tier() + 1;
            case TIERED -> levels * tier();
            case TIME_WINDOW -> flushes / windowFlushes + levels(windowFlushes) * tier();
        };
    }

    /** The runs of a level that collects runs, between none and one less than are merged. */
    private double tier() {
        return (options.factor() - 1) / 2.0;
    }

    /** The smallest number from 1 on of which the power of the factor is not less than {@code flushes}. */
    private int levels(double flushes) {
        int levels = 1;
        for (double room = options.factor(); room < flushes; room *= options.factor()) {
            levels++;
        }
        return levels;
    }
}
