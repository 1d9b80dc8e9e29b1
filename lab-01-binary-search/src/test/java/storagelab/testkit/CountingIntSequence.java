package storagelab.testkit;

import java.util.function.IntUnaryOperator;
import storagelab.search.IntSequence;

/**
 * A sequence that counts how often it is asked, and objects to an index outside of it. It can be virtual: up to 2³¹−1
 * numbers that are computed when asked for and take no memory.
 *
 * <p>Concurrency: one thread.
 */
public final class CountingIntSequence implements IntSequence {
    private static final long PROBES_MAX = 1_000_000;

    private final int length;
    private final IntUnaryOperator valueAt;
    private long probes;

    private CountingIntSequence(int length, IntUnaryOperator valueAt) {
        this.length = length;
        this.valueAt = valueAt;
    }

    /** Counts the probes of {@code sorted}. */
    public static CountingIntSequence of(int... sorted) {
        int[] copy = sorted.clone();
        return new CountingIntSequence(copy.length, index -> copy[index]);
    }

    /** {@code length} numbers, of which the one at {@code index} is {@code valueAt(index)}. */
    public static CountingIntSequence virtual(int length, IntUnaryOperator valueAt) {
        return new CountingIntSequence(length, valueAt);
    }

    @Override
    public int length() {
        return length;
    }

    /**
     * {@inheritDoc}
     *
     * @throws AssertionError if {@code index} is outside of the sequence, or after a million probes
     */
    @Override
    public int get(int index) {
        if (index < 0 || index >= length) {
            throw new AssertionError("asked for index " + index + " of a sequence of length " + length
                    + (index < 0 ? ": did the sum of two indexes overflow?" : ""));
        }
        if (++probes > PROBES_MAX) {
            throw new AssertionError("asked more than " + PROBES_MAX + " times for an element of a sequence of length "
                    + length + ": is the search linear, or does it never end?");
        }
        return valueAt.applyAsInt(index);
    }

    /** How many elements were asked for since the last {@link #reset}. */
    public long probes() {
        return probes;
    }

    /** Begins to count at 0 again. */
    public void reset() {
        probes = 0;
    }
}
