package storagelab.compaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a shape of tree writes, without writing anything: flushes of one unit each go into levels whose sizes are
 * counted. Keys are unique, so nothing is dropped, and levels are merged as a whole.
 *
 * <p>Level i, from 1 on, holds up to factor^i units. Where a level is <em>leveled</em> it is one run: what comes is
 * merged with what is there, and all of it is written. Where it is <em>tiered</em> it has up to {@code factor} runs,
 * and what comes is one more. A level that is full goes as one run into the next.
 *
 * <p>Example, a factor of 4 and one leveled level: flushes write 1, then 1 + 1, 2 + 1 and 3 + 1 units, ten for four:
 * 2.5 = (4 + 1) / 2.
 *
 * <p>Source: the formulas are those of Dayan, Athanassoulis and Idreos, "Monkey" (2017), and Dayan and Idreos,
 * "Dostoevsky" (2018), for merges of whole levels.
 */
public final class CompactionSimulator {
    /** Which levels are leveled. */
    public enum Shape {
        /** All of them. */
        LEVELING,
        /** None. */
        TIERING,
        /** The last one, which has most of the entries. */
        LAZY_LEVELING
    }

    private final Shape shape;
    private final int factor;
    private final List<List<Long>> levels = new ArrayList<>(); // sizes of the runs of each
    private long flushed;
    private long written;

    /**
     * An empty tree.
     *
     * @throws IllegalArgumentException if {@code factor} is less than 2 or {@code levelCount} less than 1
     */
    public CompactionSimulator(Shape shape, int factor, int levelCount) {
        if (factor < 2 || levelCount < 1) {
            throw new IllegalArgumentException(levelCount + " levels with a factor of " + factor);
        }
        this.shape = shape;
        this.factor = factor;
        for (int i = 0; i < levelCount; i++) {
            levels.add(new ArrayList<>());
        }
    }

    /** Bytes written for each byte put when every level has just become full, by formula. */
    public static double expectedWriteAmplification(Shape shape, int factor, int levelCount) {
        double leveled = (factor + 1) / 2.0;
        return switch (shape) {
            case LEVELING -> levelCount * leveled;
            case TIERING -> levelCount;
            case LAZY_LEVELING -> levelCount - 1 + leveled;
        };
    }

    /** Flushes units until the last level is full for the first time. */
    public CompactionSimulator fill() {
        for (long units = Math.round(Math.pow(factor, levels.size())); units > 0; units--) {
            flush();
        }
        return this;
    }

    /** Flushes one unit. */
    public void flush() {
        flushed++;
        add(0, 1);
    }

    /** Units written for each unit flushed. */
    public double writeAmplification() {
        return (double) written / flushed;
    }

    /** Runs that a get of a key that is not there has to look at. */
    public int runs() {
        return levels.stream().mapToInt(List::size).sum();
    }

    private void add(int level, long units) {
        List<Long> runs = levels.get(level);
        if (isLeveled(level)) {
            long merged = units + sum(runs);
            written += merged;
            runs.clear();
            runs.add(merged);
        } else {
            written += units;
            runs.add(units);
        }
        boolean isLast = level == levels.size() - 1;
        if (!isLast && sum(runs) >= Math.round(Math.pow(factor, level + 1.0))) {
            long full = sum(runs);
            runs.clear();
            add(level + 1, full);
        }
    }

    private boolean isLeveled(int level) {
        return shape == Shape.LEVELING || (shape == Shape.LAZY_LEVELING && level == levels.size() - 1);
    }

    private static long sum(List<Long> runs) {
        return runs.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
        return shape + " " + Arrays.toString(levels.toArray());
    }
}
