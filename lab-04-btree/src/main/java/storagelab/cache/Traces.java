package storagelab.cache;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import storagelab.experiment.Numbers;

/**
 * Traces that tell eviction policies apart: the numbers of the pages that are wanted, one after the other. Each of them
 * stands for something that real programs do, and each is bad for somebody.
 */
public final class Traces {
    private static final double ZIPF_EXPONENT = 0.99;

    private Traces() {}

    /**
     * A few pages that everybody wants and many that hardly anybody does: the i-th most popular of {@code pages} pages
     * is wanted in proportion to 1/i<sup>0.99</sup>. Which number it has is left to chance, so that neighbours have
     * nothing in common.
     */
    public static int[] zipf(int pages, int length, RandomGenerator random) {
        double[] weightUpTo = new double[pages];
        double sum = 0;
        for (int rank = 0; rank < pages; rank++) {
            sum += 1 / Math.pow(rank + 1, ZIPF_EXPONENT);
            weightUpTo[rank] = sum;
        }
        int[] pageOfRank = Numbers.shuffled(pages, random);
        int[] trace = new int[length];
        for (int i = 0; i < length; i++) {
            int found = Arrays.binarySearch(weightUpTo, random.nextDouble() * sum);
            int rank = found >= 0 ? found : -found - 1;
            trace[i] = pageOfRank[Math.min(rank, pages - 1)];
        }
        return trace;
    }

    /** The pages 0, 1, …, {@code pages} − 1, and again from 0 on: a query that reads a whole table over and over. */
    public static int[] loop(int pages, int length) {
        int[] trace = new int[length];
        for (int i = 0; i < length; i++) {
            trace[i] = i % pages;
        }
        return trace;
    }

    /**
     * Lookups beside a report. Every other page is one of {@code hotPages} pages, at random: their numbers begin at 0.
     * In between, page after page, somebody reads the {@code coldPages} pages behind them, and again from the first.
     */
    public static int[] scanWithHotSet(int hotPages, int coldPages, int length, RandomGenerator random) {
        int[] trace = new int[length];
        for (int i = 0; i < length; i++) {
            trace[i] = i % 2 == 0 ? random.nextInt(hotPages) : hotPages + i / 2 % coldPages;
        }
        return trace;
    }

    /**
     * Today's news. Nine of ten pages are of the {@code hotPages} pages that are hot at the time, at random, the tenth
     * is any page that there is. In every fifth of the trace other pages are hot, and those that were are not.
     */
    public static int[] shiftingHotSet(int hotPages, int length, RandomGenerator random) {
        int shifts = 5;
        int[] trace = new int[length];
        for (int i = 0; i < length; i++) {
            int shift = (int) ((long) i * shifts / length);
            trace[i] = random.nextInt(10) == 0
                    ? random.nextInt(shifts * hotPages)
                    : shift * hotPages + random.nextInt(hotPages);
        }
        return trace;
    }
}
