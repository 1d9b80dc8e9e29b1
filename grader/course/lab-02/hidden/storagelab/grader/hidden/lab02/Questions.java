package storagelab.grader.hidden.lab02;

import java.util.function.IntPredicate;

/**
 * "Is this index before the partition point?", counted. Objects to an index outside of the range that is searched, and
 * to more than a million questions.
 *
 * <p>Concurrency: one thread.
 */
final class Questions implements IntPredicate {
    private static final int QUESTIONS_MAX = 1_000_000;

    private final int from;
    private final int to;
    private final int point;
    private long asked;

    /** True below {@code point}; only indexes in {@code [from, to)} may be asked about. */
    Questions(int from, int to, int point) {
        this.from = from;
        this.to = to;
        this.point = point;
    }

    @Override
    public boolean test(int index) {
        if (index < from || index >= to) {
            throw new AssertionError("asked about index " + index + ", which is not in [" + from + ", " + to + ")"
                    + (index < 0 ? ": did a sum overflow?" : ""));
        }
        if (++asked > QUESTIONS_MAX) {
            throw new AssertionError("asked more than " + QUESTIONS_MAX + " times about [" + from + ", " + to
                    + "): is the search linear, or does it never end?");
        }
        return index < point;
    }

    /** How many questions were asked. */
    long asked() {
        return asked;
    }
}
