package storagelab.search;

/**
 * A sequence of ints that are read one at a time: an array, a file, or numbers that are computed when asked for.
 *
 * <p>Reading one may be slow, so that what counts is how many are read.
 */
public interface IntSequence {
    /** Number of elements, 0 to 2³¹−1. */
    int length();

    /**
     * The element at {@code index}.
     *
     * @throws IndexOutOfBoundsException if {@code index} is not in {@code [0, length())}
     */
    int get(int index);

    /** A sequence of a copy of {@code elements}, in their order. */
    static IntSequence of(int... elements) {
        int[] copy = elements.clone();
        return new IntSequence() {
            @Override
            public int length() {
                return copy.length;
            }

            @Override
            public int get(int index) {
                return copy[index];
            }
        };
    }
}
