package storagelab.cache;

import org.jspecify.annotations.Nullable;

/** A key that counts how often any of its kind is compared with another one. */
record CountingKey(int number) {
    private static long comparisons;

    /** Comparisons since the class was loaded. */
    static long comparisons() {
        return comparisons;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        comparisons++;
        return other instanceof CountingKey key && key.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }
}
