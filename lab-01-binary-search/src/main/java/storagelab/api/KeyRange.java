package storagelab.api;

import org.jspecify.annotations.Nullable;

/**
 * The keys from {@code from}, included, to {@code to}, not included: half-open, so that neighbouring ranges meet and do not
 * overlap.
 *
 * @param from the smallest key in it
 * @param to the smallest key above it, null for no upper end
 */
public record KeyRange(Slice from, @Nullable Slice to) {
    private static final KeyRange ALL = new KeyRange(Slice.EMPTY, null);

    /**
     * Checks the order. A range from a key to itself is allowed, and empty.
     *
     * @throws IllegalArgumentException if {@code from} is greater than {@code to}
     */
    public KeyRange {
        if (to != null && from.compareTo(to) > 0) {
            throw new IllegalArgumentException("a range from " + from + " down to " + to);
        }
    }

    /** Every key. */
    public static KeyRange all() {
        return ALL;
    }

    /** The keys from {@code from} to {@code to}, the latter not included. */
    public static KeyRange of(Slice from, Slice to) {
        return new KeyRange(from, to);
    }

    /** The keys from {@code from} on. */
    public static KeyRange from(Slice from) {
        return new KeyRange(from, null);
    }

    /**
     * The keys that begin with {@code prefix}. The upper end is the prefix with its last byte that is not {@code 0xff}
     * increased by one and the bytes after it dropped: {@code "ab"} ends at {@code "ac"}, {@code 61ff} at {@code 62}. A
     * prefix of nothing but {@code 0xff} bytes has no upper end.
     */
    public static KeyRange prefix(Slice prefix) {
        for (int last = prefix.length() - 1; last >= 0; last--) {
            if (prefix.byteAt(last) != (byte) 0xff) {
                byte[] end = prefix.subSlice(0, last + 1).toByteArray();
                end[last]++;
                return new KeyRange(prefix, Slice.wrap(end));
            }
        }
        return new KeyRange(prefix, null);
    }

    /** Whether {@code key} is in the range. */
    public boolean contains(Slice key) {
        return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
    }

    /** {@code [from, to)}, and {@code [from, ∞)} without an upper end. */
    @Override
    public String toString() {
        return "[" + from + ", " + (to == null ? "∞" : to.toString()) + ")";
    }
}
