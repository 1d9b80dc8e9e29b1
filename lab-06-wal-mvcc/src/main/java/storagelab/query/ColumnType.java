package storagelab.query;

import java.time.Instant;
import storagelab.api.Slice;

/**
 * The type of a column: the Java class of its values, and their order. Encodings depend on the order, so that it never
 * changes.
 */
public enum ColumnType {
    /** {@link Boolean}; false comes before true. */
    BOOLEAN(Boolean.class),

    /** {@link Integer}: 32 bits, signed. */
    INT(Integer.class),

    /** {@link Long}: 64 bits, signed. */
    BIGINT(Long.class),

    /**
     * {@link Double}, in the order of {@link Double#compare}: −∞, negative numbers, −0.0, 0.0, positive numbers, ∞, NaN.
     * So −0.0 and 0.0 are two values, and every NaN is one and the same. Both are needed for a value to come back from a
     * key exactly as it was.
     */
    DOUBLE(Double.class),

    /**
     * {@link String}, in the order of its code points. {@link String#compareTo} has another order: it puts U+1F600, which is
     * the pair D83D DE00, before U+FFFD. Halves of such pairs alone are not text and are refused.
     */
    TEXT(String.class),

    /** {@link Slice}: unsigned bytes. */
    BYTES(Slice.class),

    /** {@link Instant}, to the nanosecond. */
    TIMESTAMP(Instant.class);

    private final Class<?> valueClass;

    ColumnType(Class<?> valueClass) {
        this.valueClass = valueClass;
    }

    /** The class of the values. */
    public Class<?> valueClass() {
        return valueClass;
    }

    /** Whether {@code value} is of the class of this type. */
    public boolean accepts(Object value) {
        return valueClass.isInstance(value);
    }

    /**
     * Compares two values as {@link Comparable#compareTo} does.
     *
     * @throws ClassCastException if they are not of this type
     */
    @SuppressWarnings("unchecked") // all classes of values are comparable with themselves
    public int compare(Object left, Object right) {
        return this == TEXT
                ? Utf8Text.compare((String) left, (String) right)
                : ((Comparable<Object>) valueClass.cast(left)).compareTo(valueClass.cast(right));
    }
}
