package storagelab.query;

import com.google.common.primitives.UnsignedLong;
import java.time.Duration;
import java.time.Instant;
import storagelab.api.Slice;

/** Says how far a value is on the way from one value to another, if values are spread evenly between the two. */
final class Interpolation {
    private static final double MIDDLE = 0.5; // where nothing better is known
    private static final double NANOS = 1e9;

    private Interpolation() {}

    /**
     * The place of {@code value} between {@code lower} and {@code upper}: 0 at the one, 1 at the other.
     *
     * <p>Numbers and timestamps by their distance. Text and bytes as fractions: the bytes after what all three have in common, as
     * digits to the base 256. So {@code "Sand"} is 0.52 of the way from {@code "Saab"} to {@code "Sazz"}.
     *
     * @param lower at most {@code value}
     * @param upper at least {@code value}
     */
    static double position(ColumnType type, Object lower, Object upper, Object value) {
        if (type.compare(value, lower) <= 0) {
            return 0;
        }
        if (type.compare(value, upper) >= 0) {
            return 1;
        }
        double position = distance(type, lower, value, upper) / distance(type, lower, upper, upper);
        return position >= 0 && position <= 1 ? position : MIDDLE; // also if it is not a number
    }

    /** How far it is from {@code lower} to {@code value}, in a unit that depends on {@code lower} and {@code upper} alone. */
    private static double distance(ColumnType type, Object lower, Object value, Object upper) {
        return switch (type) {
            case BOOLEAN -> (Boolean) value ? 1 : 0;
            case INT -> (double) (Integer) value - (Integer) lower;
            case BIGINT -> unsigned((Long) value - (Long) lower);
            case DOUBLE -> (Double) value / 2 - (Double) lower / 2; // halves, which do not overflow
            case TIMESTAMP -> {
                Duration duration = Duration.between((Instant) lower, (Instant) value);
                yield duration.getSeconds() + duration.getNano() / NANOS;
            }
            case TEXT ->
                distance(Utf8Text.encode((String) lower), Utf8Text.encode((String) value), Utf8Text.encode((String)
                        upper));
            case BYTES -> distance((Slice) lower, (Slice) value, (Slice) upper);
        };
    }

    private static double distance(Slice lower, Slice value, Slice upper) {
        int common = lower.commonPrefix(upper);
        return unsigned(value.wordAt(common) - lower.wordAt(common));
    }

    private static double unsigned(long difference) {
        return UnsignedLong.fromLongBits(difference).doubleValue();
    }
}
