package storagelab.testkit.lsm;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import storagelab.lsm.WriteStallController;
import storagelab.lsm.WriteStallController.Cause;
import storagelab.lsm.WriteStallController.Pressure;

/**
 * A store with a writer that never rests and merges that cannot keep up with it, in simulated time. Every full memtable
 * becomes a table of level 0 at once. A merge takes all tables of level 0 that are there when it begins, if they are
 * enough, and a time in proportion to their bytes. A writer that finds no room for its memtable waits until a merge ends.
 */
public final class SimulatedOverload {
    private static final long SECOND = 1_000_000_000;
    private static final long WRITE = 4 << 10;
    private static final long TABLE = 4 << 20;
    private static final double MIB = 1 << 20;

    private final WriteStallController controller;
    private final long writeNanos;
    private final long mergeNanos; // for a table
    private final int mergeTables;
    private final Histogram nanosOfWrites = new Histogram(3); // from 0 to 30 s and more: it grows
    private final List<Long> bytesOfSeconds = new ArrayList<>();
    private final long startNanos;
    private long now;
    private int tables;
    private int inMerge;
    private long mergeEnds;
    private int stops;

    /**
     * A store that has seen nothing yet.
     *
     * @param speeds in MiB a second, of the writer and of merges
     * @param mergeTables how many tables a merge takes at least
     * @param startNanos what the clock says at first
     */
    public SimulatedOverload(WriteStallController controller, Speeds speeds, int mergeTables, long startNanos) {
        this.controller = controller;
        this.writeNanos = (long) (WRITE * SECOND / (speeds.writer * MIB));
        this.mergeNanos = (long) (TABLE * SECOND / (speeds.merges * MIB));
        this.mergeTables = mergeTables;
        this.startNanos = startNanos;
        this.now = startNanos;
    }

    /**
     * How fast the two sides are.
     *
     * @param writer MiB a second, if nobody holds it up
     * @param merges MiB a second that go out of level 0
     */
    public record Speeds(double writer, double merges) {}

    /** Lets it run for so long. */
    public void run(int seconds) {
        long memtable = 0;
        while (now - startNanos < seconds * SECOND) {
            long start = now;
            if (memtable >= TABLE) {
                waitForRoom();
                memtable = 0;
                tables++;
                controller.update(new Pressure(tables, 0));
            }
            long delay = controller.delayNanos(WRITE, now);
            if (delay > 0) {
                controller.waited(Cause.LEVEL_ZERO, false, delay);
            }
            now += delay + writeNanos;
            mergeUntilNow();
            memtable += WRITE;
            nanosOfWrites.recordValue(now - start);
            int second = (int) ((now - startNanos) / SECOND);
            while (bytesOfSeconds.size() <= second) {
                bytesOfSeconds.add(0L);
            }
            bytesOfSeconds.set(second, bytesOfSeconds.get(second) + WRITE);
        }
    }

    private void waitForRoom() {
        while (controller.stop() != null) {
            long from = now;
            stops++;
            now = mergeEnds;
            mergeUntilNow();
            controller.waited(Cause.LEVEL_ZERO, true, now - from);
        }
    }

    private void mergeUntilNow() {
        while (inMerge > 0 && mergeEnds - now <= 0) {
            tables -= inMerge;
            inMerge = 0;
            controller.update(new Pressure(tables, 0));
            beginMerge(mergeEnds);
        }
        if (inMerge == 0) {
            beginMerge(now);
        }
    }

    private void beginMerge(long at) {
        if (tables >= mergeTables) {
            inMerge = tables;
            mergeEnds = at + inMerge * mergeNanos;
        }
    }

    /** How often the writer has waited for a merge to end. */
    public int stops() {
        return stops;
    }

    /** How long a write took, of which a part of {@code percentile} percent took less. */
    public long writeNanos(double percentile) {
        return nanosOfWrites.getValueAtPercentile(percentile);
    }

    /** Forgets how long writes took until now. */
    public void forgetWrites() {
        nanosOfWrites.reset();
    }

    /** MiB a second that were written in each {@code length} whole seconds, from second {@code from} on. */
    public List<Double> mebibytesPerSecond(int from, int length) {
        List<Double> rates = new ArrayList<>();
        for (int i = from; i + length < bytesOfSeconds.size(); i += length) {
            double bytes = bytesOfSeconds.subList(i, i + length).stream()
                    .mapToLong(Long::longValue)
                    .sum();
            rates.add(bytes / length / MIB);
        }
        return rates;
    }
}
