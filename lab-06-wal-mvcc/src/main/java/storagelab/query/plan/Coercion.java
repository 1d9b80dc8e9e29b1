package storagelab.query.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.query.Column;

/** Turns a value that a program or a statement gives into one of the class of a column, where nothing is lost by it. */
public final class Coercion {
    private Coercion() {}

    /**
     * The value for {@code column}: any number for a column of numbers if it is exactly one of them (a DOUBLE takes the nearest),
     * {@code byte[]} for BYTES, and {@code 2024-05-01T12:00:00Z}, {@code 2024-05-01 12:00:00} or {@code 2024-05-01} (in UTC) for a
     * TIMESTAMP. Null stays null.
     *
     * @throws IllegalArgumentException if it cannot be one of the type of the column
     */
    public static @Nullable Object to(Column column, @Nullable Object value) {
        if (value == null || column.type().accepts(value)) {
            return value;
        }
        try {
            Object coerced = switch (column.type()) {
                case INT -> exact(value).intValueExact();
                case BIGINT -> exact(value).longValueExact();
                case DOUBLE -> value instanceof Number number ? number.doubleValue() : null;
                case BYTES -> value instanceof byte[] bytes ? Slice.copyOf(bytes) : null;
                case TIMESTAMP -> value instanceof String text ? instant(text) : null;
                case BOOLEAN, TEXT -> null;
            };
            if (coerced != null) {
                return coerced;
            }
        } catch (ArithmeticException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    value + " is not a value of column " + column.name() + ", whose type is " + column.type(), e);
        }
        throw new IllegalArgumentException("column " + column.name() + " is of type " + column.type()
                + ", and the value is a " + value.getClass().getSimpleName() + ": " + value);
    }

    private static BigDecimal exact(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                throw new ArithmeticException("not finite");
            }
            return BigDecimal.valueOf(number);
        }
        if (value instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        }
        throw new ArithmeticException("not a number");
    }

    private static Instant instant(String text) {
        String iso = text.strip().replace(' ', 'T');
        if (iso.indexOf('T') < 0) {
            return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return iso.endsWith("Z") ? Instant.parse(iso) : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
